import { onePerLine } from '../../drift/one-per-line.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether it is still wanted that the program does not check with whom it speaks. */
export const unverifiedTls: QuestionRule = {
  name: 'unverified-tls',
  asks: 'Whether certificates of a database, a cache or another system may stay unverified in production.',
  weight: 57,
  find({ matrix }) {
    const off = matrix
      .factsOf(SUBJECT, 'setting')
      .filter(
        (fact) =>
          matrix.classOf(fact) === undefined && !TOOLS.test(fact.evidence.path) && OFF.test(String(fact.value ?? '')),
      );
    if (off.length === 0) return [];
    return [
      {
        id: 'unverified-tls',
        surface: 'edge',
        subject: SUBJECT,
        ask: 'May production speak with systems whose certificate nobody verifies? The program switches the check off, for no environment in particular.',
        because: onePerLine(off.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'No: verify, with the provider’s certificate authority',
            effect:
              'The setting becomes drift to mend in every environment; a connection with a wrong certificate is its guard.',
            recommended: true,
          },
          {
            label: 'Only on one platform or for one system: name it',
            effect: 'A registered difference: the exception is bound to that platform, and every other one verifies.',
          },
          { label: 'Yes, everywhere', effect: 'The contract states it with its reason, among the open risks.' },
        ],
        settles: 'With whom production speaks, and who could stand between.',
      },
    ];
  },
};

const SUBJECT = 'tls-verification';
/** What developers run by hand. */
const TOOLS = /(?:^|\/)(?:bin|scripts?|tools?|hack|dev)\//;
/** What switches the check off: a literal, or a call that says so. Anything computed is decided elsewhere. */
const OFF =
  /^(?:false|0|none|withoutVerifying|CERT_NONE|ssl\.CERT_NONE|OpenSSL::SSL::VERIFY_NONE|InsecureSkipVerify)$/i;
