import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether a secret is meant to be in what everybody who opens the page is sent. */
export const sentToBrowser: QuestionRule = {
  name: 'sent-to-browser',
  asks: 'Whether a secret may be in what every browser is sent.',
  weight: 84,
  find({ matrix }) {
    const sent = matrix
      .rowsOf('sent-to-browser')
      .filter((row) => isSecretKey(row.subject) && !PUBLISHABLE.test(row.subject))
      .flatMap((row) => row.facts);
    const keys = [...new Set(sent.map((fact) => fact.subject))];
    return keys.length === 0
      ? []
      : [
          {
            id: `sent-to-browser:${keys[0]}`,
            surface: 'identity',
            subject: keys[0] ?? '',
            ask: `Is ${namesInShort(keys)} meant to be sent to every browser? ${keys.length > 1 ? 'Their names say' : 'Its name says'} that nobody outside may know ${keys.length > 1 ? 'them' : 'it'}.`,
            because: onePerLine(
              [...sent, ...keys.flatMap((key) => matrix.factsOf(key, 'read'))].map((fact) => fact.evidence),
            ).slice(0, MAX_BECAUSE),
            options: [
              {
                label: 'No: take it out, and change the secret where it is deployed',
                effect:
                  'A difference to mend at once; a test that the page holds none of the server’s secrets becomes its guard.',
                recommended: true as const,
              },
              {
                label: 'Yes: it is made to be public',
                effect: 'The contract states what it opens, and that nothing on the server trusts it.',
              },
            ],
            settles: 'Which secrets leave the server.',
          },
        ];
  },
};

/** Keys that a provider makes for the browser. */
const PUBLISHABLE =
  /PUBLI(?:C|SHABLE)|SITE_?KEY|CLIENT_?KEY|MEASUREMENT|(?:^|_)(?:GROWTHBOOK|POSTHOG|SENTRY|SEGMENT|MAPBOX|ALGOLIA)_/i;
