import { expect, test } from 'vitest';
import { lintSkill } from '../../scripts/lint-skill.ts';
import { readSkill } from '../../scripts/skill/read-skill.ts';
import { isReason } from '../../scripts/validation/intent.ts';
import { copyGoodSkill } from '../support/good-skill.ts';

/** What `lint` says of a line of `harbour`'s Fix Patterns, as `code "quoted"`. */
function lint(...lines: string[]): string[] {
  const good = copyGoodSkill();
  good.edit('SKILL.md', '\n## Question Protocol', `${lines.join('\n')}\n\n## Question Protocol`);
  return lintSkill(readSkill(good.skill)).map(({ code, message }) =>
    `${code} ${/^"(.*?)"/.exec(message)?.[1] ?? ''}`.trim(),
  );
}

test.each([
  ['- Restart <app-name> of harbour', 'placeholder <app-name>'],
  ['- Restart <service> of harbour', 'placeholder <service>'],
  ['- Restart <YOUR_APP> of harbour', 'placeholder <YOUR_APP>'],
  ['- Restart `<app-name>` of harbour', 'placeholder <app-name>'],
  ['- The [surface] of harbour', 'placeholder [surface]'],
  ['- The [your app] of harbour', 'placeholder [your app]'],
  ['- The `[insert the name here]` of harbour', 'placeholder [insert the name here]'],
  ['- The {{ app }} of harbour', 'placeholder {{ app }}'],
  ['- The {{app.name}} of harbour', 'placeholder {{app.name}}'],
  ['- The `{{#surfaces}}` of harbour', 'placeholder {{#surfaces}}'],
  ['- The `{{ app_name }}` of harbour', 'placeholder {{ app_name }}'],
  ['- TODO say more of harbour', 'placeholder TODO'],
  ['- The owner of harbour is TBD', 'placeholder TBD'],
  ['- FIXME(ada): harbour', 'placeholder FIXME'],
  ['- The owner of harbour is ???', 'placeholder ???'],
  ['- Lorem ipsum of harbour', 'placeholder Lorem ipsum'],
  ['- See https://example.com/harbour', 'placeholder example.com'],
  ['- Start your-app beside harbour', 'placeholder your-app'],
  ['- As in tidepool, harbour has one database', 'placeholder tidepool'],
  ['- TODO: who owns harbour', 'gap'],
  ['### Edge', 'empty-section'],
  ['### Edge\n\nN/A', 'not-applicable N/A'],
  ['- Not applicable', 'not-applicable - Not applicable'],
  ['- **Owner**: n/a', 'not-applicable - **Owner**: n/a'],
  ['| edge | not applicable |', 'not-applicable | edge | not applicable |'],
  ['### Edge (N/A)\n\nharbour has none.', 'not-applicable ### Edge (N/A)'],
  ['- Ensure that configuration is documented and reviewed regularly', 'generic-advice'],
  ['- Always test against production-like services', 'generic-advice'],
  ['1. Monitor for drift and fix it', 'generic-advice'],
])('%s: %s', (line, expected) => {
  expect(lint(line)).toEqual([expected]);
});

test.each([
  '- See [the map](parity-map.yaml), [mail][notes] and [notes].\n\n[notes]: references/mail.md',
  '- [ ] open\n- [x] done',
  '- `Map<K, V>`, `Array<string>`, `list[index]`, `Promise<Record<string, Name>>`, `value as Name<T>`',
  '- `${{ secrets.DEPLOY_KEY }}` and ${{ github.ref }}',
  '- The chart sets {{ .Values.image.tag }} and {{ template "harbour.secret" . }}',
  '- `{{ include "harbour.name" . | quote }}`',
  '- Press <kbd>c</kbd> and read the <details> of harbour',
  '- `<App />`, `<div>`, `<my-button></my-button>`',
  '- <https://harbour.example> and <ada@harbour.test>',
  '- `app/[name]/page.tsx`, `[tool.poetry]`, `[env]`',
  '- The password is [withheld] in every excerpt of harbour',
  '- The todo list of harbour, and its to-do page',
  '- Guard: none yet',
  '- Preview does not apply migrations of harbour',
  '- Use the relay of harbour operations',
  '- Pin `postgres` in compose',
  '- Keep the size limit at 10 MB',
  '- Check the Makefile before a release',
  '```ts\nconst first: Map<string, Name> = names[index] ?? {};\n```',
  '```yaml\nimage: {{ .Values.image }}\nname: ${{ matrix.name }}\n```',
])('no leftover: %s', (line) => {
  expect(lint(line)).toEqual([]);
});

test("what the application's own cited lines say is no leftover", () => {
  const good = copyGoodSkill();
  good.edit(
    'SKILL.md',
    '\n## Question Protocol',
    '- `SMTP_URL` is smtp://mail.example.com in `src/server.js:3`\n\n## Question Protocol',
  );
  expect(lintSkill(readSkill(good.skill)).map(({ code }) => code)).toEqual(['placeholder']);
  good.edit('parity-map.yaml', 'text: "image: postgres:16"', 'text: "SMTP_URL: smtp://mail.example.com"');
  expect(lintSkill(readSkill(good.skill))).toEqual([]);
});

test.each([
  ['local is easier', false],
  ["It's just easier locally", false],
  ['convenience', false],
  ['for developer convenience and speed', false],
  ['historical reasons', false],
  ['legacy setup, works fine for us', false],
  ['by design', false],
  ['because it is different in development', false],
  ['The relay would deliver test bookings to real harbour masters', true],
  ['Easier locally: the licence of the search engine allows one production node only', true],
  ['A managed Redis costs 40 EUR a month per preview', true],
])('a reason? %s: %s', (text, expected) => {
  expect(isReason(text)).toBe(expected);
});

test('a hostile text is read in no time', () => {
  const good = copyGoodSkill();
  const heavy = [
    '`'.repeat(3) + '` `'.repeat(6000),
    '](('.repeat(6000),
    '[a'.repeat(9000),
    '<a '.repeat(6000),
    '{{'.repeat(9000),
    '*|'.repeat(9000),
  ];
  good.edit(
    'SKILL.md',
    '\n## Question Protocol',
    `${heavy.map((line) => `harbour ${line}`).join('\n\n')}\n\n## Question Protocol`,
  );
  const started = performance.now();
  lintSkill(readSkill(good.skill));
  expect(performance.now() - started).toBeLessThan(5000);
});
