import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sentencesOf } from '../../scripts/skill/words.ts';
import { lintChecks, validateChecks } from '../../scripts/validation/index.ts';
import { fixture } from '../support/facts-of.ts';
import { copyGoodSkill, GOOD_SKILL, type GoodSkill, verdict } from '../support/good-skill.ts';

const root = join(import.meta.dirname, '..', '..');
const SKILL = 'SKILL.md';
const MAP = 'parity-map.yaml';

function run(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const command = [tsx, '--tsconfig', join(root, 'tsconfig.json'), join(root, 'scripts', `${script}.ts`), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('what people write in their own words may cite the line beside one of the map', () => {
  const good = copyGoodSkill();
  good.edit(
    SKILL,
    '## Inspection Workflow',
    'The Pod takes its probe from `k8s/production/web.yaml:12`.\n\n## Inspection Workflow',
  );
  expect(verdict(good).filter((finding) => /the map cites/.test(finding))).toEqual([]);
});

test('the good skill has no finding', () => {
  expect(
    verdict({ repository: fixture('validation/harbour'), skill: fixture(`validation/harbour/${GOOD_SKILL}`) }),
  ).toEqual([]);
});

test('folder and registry list the same checks, each named after its code', () => {
  const files = readdirSync(join(root, 'scripts', 'validation')).filter(
    (name) => !['index.ts', 'check.ts'].includes(name),
  );
  const codes = [...lintChecks, ...validateChecks].map(({ meta }) => `${meta.code}.ts`);
  expect(codes.toSorted()).toEqual(files.toSorted());
});

interface Case {
  /** The code that it must give, and no other. */
  code: string;
  breaks: string;
  by: (good: GoodSkill) => void;
  /** Of the one finding, or of the first. */
  says: RegExp;
}

const inSkill = (from: string | RegExp, to: string) => (good: GoodSkill) => good.edit(SKILL, from, to);
const inMap = (from: string | RegExp, to: string) => (good: GoodSkill) => good.edit(MAP, from, to);

const cases: Case[] = [
  {
    code: 'frontmatter',
    breaks: 'a program as frontmatter',
    by: inSkill('---\nname', '---js\nname'),
    says: /SKILL\.md:1 .*another language/,
  },
  {
    code: 'frontmatter',
    breaks: 'JSON as frontmatter',
    by: inSkill('---\nname', '---json\nname'),
    says: /another language/,
  },
  { code: 'frontmatter', breaks: 'no frontmatter', by: inSkill(/^---\n[\s\S]*?\n---\n/, ''), says: /no frontmatter/ },
  { code: 'frontmatter', breaks: 'a tag', by: inSkill('name: "', 'name: !!str "'), says: /SKILL\.md:2 .*YAML tag/ },
  {
    code: 'frontmatter',
    breaks: 'a custom tag',
    by: inSkill('\n---\n\n#', '\nlicense: !!js/function "x"\n---\n\n#'),
    says: /SKILL\.md:4 .*YAML tag/,
  },
  {
    code: 'frontmatter',
    breaks: 'flow style',
    by: inSkill('\n---\n\n#', '\nmetadata: { a: "b" }\n---\n\n#'),
    says: /flow collection/,
  },
  {
    code: 'frontmatter',
    breaks: 'a key twice',
    by: inSkill('\n---\n\n#', '\nname: "x"\n---\n\n#'),
    says: /DUPLICATE_KEY/,
  },
  {
    code: 'frontmatter-keys',
    breaks: 'a key of no specification',
    by: inSkill('\n---\n\n#', '\nmodel: "x"\n---\n\n#'),
    says: /SKILL\.md:4 .*"model"/,
  },
  {
    code: 'frontmatter-keys',
    breaks: 'a long compatibility',
    by: inSkill('\n---\n\n#', `\ncompatibility: "${'x'.repeat(501)}"\n---\n\n#`),
    says: /501/,
  },
  {
    code: 'frontmatter-keys',
    breaks: 'a version that is a number',
    by: inSkill('\n---\n\n#', '\nmetadata:\n  version: 1.0\n---\n\n#'),
    says: /"version"/,
  },
  {
    code: 'name',
    breaks: 'capitals',
    by: inSkill('name: "harbour', 'name: "Harbour'),
    says: /SKILL\.md:2 .*lower-case/,
  },
  {
    code: 'name',
    breaks: 'letters that are not ASCII',
    by: inSkill('name: "harbour', 'name: "härbour'),
    says: /ASCII/,
  },
  {
    code: 'name',
    breaks: 'two hyphens',
    by: inSkill('harbour-production-parity"', 'harbour--production-parity"'),
    says: /single hyphens/,
  },
  {
    code: 'name',
    breaks: 'another end',
    by: inSkill('harbour-production-parity"', 'harbour-parity"'),
    says: /does not end/,
  },
  { code: 'name', breaks: 'another folder', by: inSkill('name: "harbour', 'name: "port'), says: /that of its folder/ },
  {
    code: 'description',
    breaks: 'nothing',
    by: inSkill(/description: ".*"/, 'description: "  "'),
    says: /SKILL\.md:3 .*no description/,
  },
  {
    code: 'description',
    breaks: 'too long',
    by: inSkill('is suspected', `is suspected ${'and '.repeat(300)}`),
    says: /more than 1024/,
  },
  { code: 'description', breaks: 'a tag', by: inSkill('is suspected', 'is <b>suspected</b>'), says: /angle bracket/ },
  {
    code: 'description',
    breaks: 'no application',
    by: inSkill(
      /description: ".*"/,
      'description: "Keeps local and CI environments in parity with production. Use when drift is suspected."',
    ),
    says: /"harbour"/,
  },
  {
    code: 'description',
    breaks: 'no when',
    by: inSkill(
      /description: ".*"/,
      'description: "Keeps the environments of harbour in parity with production, always and for ever."',
    ),
    says: /when to use/,
  },
  {
    code: 'length',
    breaks: '501 lines',
    by: inSkill('## Output Contract', `${'More of harbour.\n'.repeat(500)}\n## Output Contract`),
    says: /more than 500/,
  },
  {
    code: 'sections',
    breaks: 'a section gone',
    by: inSkill(/## Fix Patterns\n[\s\S]*?(?=## Question)/, ''),
    says: /"## Fix Patterns" is missing/,
  },
  {
    code: 'sections',
    breaks: 'a section twice',
    by: inSkill('## Output Contract', '## Fix Patterns\n\nMore of harbour.\n\n## Output Contract'),
    says: /twice/,
  },
  {
    code: 'sections',
    breaks: 'another section',
    by: inSkill('## Output Contract', '## More\n\nMore of harbour.\n\n## Output Contract'),
    says: /none of the eight/,
  },
  {
    code: 'sections',
    breaks: 'another order',
    by: (good) => {
      good.edit(SKILL, '## Drift Checks', '## Swapped');
      good.edit(SKILL, '## Fix Patterns', '## Drift Checks');
      good.edit(SKILL, '## Swapped', '## Fix Patterns');
    },
    says: /out of order/,
  },
  {
    code: 'empty-section',
    breaks: 'an empty section',
    by: inSkill(/(?<=## Output Contract\n)[\s\S]*/, '\n'),
    says: /"Output Contract"/,
  },
  {
    code: 'not-applicable',
    breaks: 'a section that says nothing',
    by: inSkill(/(?<=## Output Contract\n)[\s\S]*/, '\nNot applicable.\n'),
    says: /says nothing/,
  },
  {
    code: 'not-applicable',
    breaks: 'a field that says nothing',
    by: inSkill('- **Lines**: `k8s/production/web', '- **Owner**: N/A\n- **Lines**: `k8s/production/web'),
    says: /N\/A/,
  },
  {
    code: 'layout',
    breaks: 'no checker',
    by: ({ skill }) => rmSync(join(skill, 'scripts'), { recursive: true }),
    says: /checker is missing/,
  },
  {
    code: 'layout',
    breaks: 'a link out',
    by: ({ skill }) => symlinkSync('/etc/hostname', join(skill, 'references', 'host.md')),
    says: /references\/host\.md:1 .*symbolic link/,
  },
  {
    code: 'layout',
    breaks: 'a deep file',
    by: ({ skill }) => {
      mkdirSync(join(skill, 'references', 'deep'));
      writeFileSync(join(skill, 'references', 'deep', 'a.txt'), 'harbour\n');
    },
    says: /deeper than one folder/,
  },
  {
    code: 'link',
    breaks: 'a link to nothing',
    by: inSkill('(references/mail.md)', '(references/post.md)'),
    says: /SKILL\.md:\d+ .*no file of the skill/,
  },
  {
    code: 'link',
    breaks: 'a link out of the repository',
    by: inSkill('(references/mail.md)', '(../../../../secret.md)'),
    says: /no file of the repository/,
  },
  {
    code: 'link',
    breaks: 'an anchor that is not there',
    by: inSkill('(references/mail.md)', '(#mail)'),
    says: /#mail/,
  },
  {
    code: 'link',
    breaks: 'references that chain',
    by: ({ skill, edit }) => {
      writeFileSync(join(skill, 'references', 'more.md'), '# More of harbour\n\nMail.\n');
      edit('references/mail.md', 'see `', 'see [more](more.md), `');
    },
    says: /chains references/,
  },
  {
    code: 'map',
    breaks: 'no map',
    by: ({ skill, edit }) => {
      rmSync(join(skill, MAP));
      edit(SKILL, '[the map](parity-map.yaml)', 'the map');
    },
    says: /no parity map/,
  },
  {
    code: 'map',
    breaks: 'a key that the schema does not know',
    by: inMap('openRisks: []', 'openRisks: []\nextra: 1'),
    says: /extra/,
  },
  {
    code: 'map',
    breaks: 'a field gone',
    by: inMap('    reviewTrigger: A change of SMTP_URL\n', ''),
    says: /parity-map\.yaml:\d+ .*reviewTrigger/,
  },
  {
    code: 'map',
    breaks: 'a tag',
    by: inMap('name: harbour', 'name: !!js/function "harbour"'),
    says: /parity-map\.yaml:3 .*YAML tag/,
  },
  {
    code: 'map',
    breaks: 'two documents',
    by: inMap('openRisks: []', 'openRisks: []\n---\na: 1'),
    says: /second document/,
  },
  { code: 'map', breaks: 'broken YAML', by: inMap('openRisks: []', 'openRisks: [\n"'), says: /not valid YAML/ },
  {
    code: 'gap',
    breaks: 'a gap',
    by: inMap('owner: harbour operations', 'owner: "TODO: who answers for it"'),
    says: /who answers for it/,
  },
  {
    code: 'citation',
    breaks: 'a file that is not there',
    by: inMap('path: compose.yaml\n        line: 3', 'path: compose.yml\n        line: 3'),
    says: /parity-map\.yaml:\d+ .*compose\.yml:3: the repository has no such file/,
  },
  {
    code: 'citation',
    breaks: 'a line that moved',
    by: inMap('path: compose.yaml\n        line: 3', 'path: compose.yaml\n        line: 5'),
    says: /stands on line 3 now/,
  },
  {
    code: 'citation',
    breaks: 'another text',
    by: inMap('text: "image: postgres:16"', 'text: "image: postgres:17"'),
    says: /the line is now "image: postgres:16"/,
  },
  {
    code: 'citation',
    breaks: 'a path out of the repository',
    by: inMap('path: compose.yaml', 'path: ../compose.yaml'),
    says: /no path from the root/,
  },
  {
    code: 'citation',
    breaks: 'a line past the end, in the text',
    by: inSkill('`compose.yaml:3` to', '`compose.yaml:300` to'),
    says: /SKILL\.md:\d+ .*the file has \d+ lines/,
  },
  {
    code: 'citation',
    breaks: 'a file that is not there, in a reference',
    by: (good) => good.edit('references/mail.md', 'compose.yaml:7', 'compose.yml:7'),
    says: /references\/mail\.md:3/,
  },
  {
    code: 'surface',
    breaks: 'no owner',
    by: inMap(
      '    owner: harbour operations\n    citations:\n      - path: k8s/production/postgres.yaml',
      '    owner: "-"\n    citations:\n      - path: k8s/production/postgres.yaml',
    ),
    says: /surface "runtime": owner is empty/,
  },
  {
    code: 'surface',
    breaks: 'an environment that the map does not have',
    by: inMap('- name: local\n        representation: Mailpit', '- name: demo\n        representation: Mailpit'),
    says: /no environment "demo"/,
  },
  {
    code: 'environment',
    breaks: 'a glob for an environment that fits no file',
    by: inMap('  - name: ci\n    class: ci\n', '  - name: ci\n    class: ci\n    paths: ["deploy/nowhere/**"]\n'),
    says: /environment "ci": paths "deploy\/nowhere\/\*\*" matches nothing/,
  },
  {
    code: 'register',
    breaks: 'no risk',
    by: inMap('risk: Plans and reserved words differ between 15 and 16', 'risk: n/a'),
    says: /"version-mismatch:.*": risk is empty/,
  },
  {
    code: 'register',
    breaks: 'no review trigger',
    by: inMap('reviewTrigger: A change of SMTP_URL', 'reviewTrigger: ""'),
    says: /reviewTrigger is empty/,
  },
  {
    code: 'register',
    breaks: 'no guard in words',
    by: inMap('what: A smoke test that compares SHOW server_version with the manifest', 'what: none'),
    says: /guard\.what is empty/,
  },
  {
    code: 'intent',
    breaks: 'an excuse',
    by: inMap(
      'reason: The relay would deliver test bookings to real harbour masters',
      'reason: It is just easier locally and more convenient for developers',
    ),
    says: /without a reason/,
  },
  {
    code: 'intent',
    breaks: 'kept without a guard',
    by: inMap(
      'kind: smoke\n      what: One booking sends one mail\n      path: test/smoke/mail.test.js\n    owner: harbour operations\n    reviewTrigger: A change',
      'kind: none\n      what: One booking sends one mail\n    owner: harbour operations\n    reviewTrigger: A change',
    ),
    says: /without a guard/,
  },
  {
    code: 'intent',
    breaks: 'kept with a guard in no file',
    by: inMap(
      '      path: test/smoke/mail.test.js\n    owner: harbour operations\n    reviewTrigger',
      '    owner: harbour operations\n    reviewTrigger',
    ),
    says: /names no file/,
  },
  {
    code: 'guard',
    breaks: 'a guard that is not there',
    by: inMap(
      '      path: test/smoke/mail.test.js\n    owner: harbour operations\n    reviewTrigger',
      '      path: test/smoke/post.test.js\n    owner: harbour operations\n    reviewTrigger',
    ),
    says: /test\/smoke\/post\.test\.js, which the repository does not have/,
  },
  { code: 'decision', breaks: 'no answer', by: inMap(/answer: Operations.*/, 'answer: ""'), says: /answer is empty/ },
  {
    code: 'decision',
    breaks: 'nobody who said so',
    by: inMap('by: Ada of operations', 'by: unknown'),
    says: /by is empty/,
  },
  {
    code: 'decision',
    breaks: 'no day of the calendar',
    by: inMap('"2026-03-02"', '"2026-02-30"'),
    says: /"2026-02-30" is no day/,
  },
  {
    code: 'decision',
    breaks: 'assumed, and no open risk',
    by: inMap('date: "2026-03-02"', 'date: "2026-03-02"\n    assumed: true'),
    says: /no open risk/,
  },
  {
    code: 'evidence',
    breaks: 'a surface that cites nothing',
    by: inMap(
      /(?<=owner: harbour operations\n {4}citations:) *\n {6}- path: k8s\/production\/web\.yaml\n.*\n.*/,
      ' []',
    ),
    says: /surface "services" cites no line/,
  },
  {
    code: 'evidence',
    breaks: 'a decision that the map does not have',
    by: inMap('decision: question:backups', 'decision: question:restores'),
    says: /no decision "question:restores"/,
  },
  {
    code: 'evidence',
    breaks: 'a surface that cites nothing in the text',
    by: inSkill('- **Lines**: `k8s/production/web.yaml:11`\n', ''),
    says: /"Services" cites no line/,
  },
  {
    code: 'in-step',
    breaks: 'an environment that the text does not name',
    by: inMap(
      '- name: local\n    class',
      '- name: drydock\n    class: staging\n    citations:\n      - path: compose.yaml\n        line: 3\n        text: "image: postgres:16"\n  - name: local\n    class',
    ),
    says: /environment "drydock"/,
  },
  {
    code: 'in-step',
    breaks: 'a register entry that the text does not name',
    by: inSkill(/- low, keep: .*\n/, ''),
    says: /register entry "service-only-in:mailpit:local"/,
  },
  {
    code: 'in-step',
    breaks: 'a register entry that the map does not have',
    by: inSkill('(`service-only-in:mailpit:local`)', '(`service-only-in:mailhog:local`)'),
    says: /no entry "service-only-in:mailhog:local"/,
  },
  {
    code: 'in-step',
    breaks: 'an entry of a rule that no entry of the map is of',
    by: inSkill('The workflow passes', '- `env-name-branch:APP_ENV login` is known\n\nThe workflow passes'),
    says: /SKILL\.md:\d+ .*no entry "env-name-branch:APP_ENV login"/,
  },
  {
    code: 'in-step',
    breaks: 'an entry that was found by hand and is gone from the map',
    by: (good) => {
      good.edit(MAP, '- id: "service-only-in:mailpit:local"', '- id: "by-hand:mail"');
      good.edit(SKILL, '(`service-only-in:mailpit:local`)', '(`by-hand:mail`; like `by-hand:post`)');
    },
    says: /no entry "by-hand:post"/,
  },
  {
    code: 'in-step',
    breaks: 'a surface that the map does not have',
    by: inSkill('### Services\n', '### Edge\n\nSee `k8s/production/web.yaml:8`.\n\n### Services\n'),
    says: /no surface "edge"/,
  },
  {
    code: 'in-step',
    breaks: 'a surface that the text does not have',
    by: inSkill('### Services\n', '### Mail\n'),
    says: /surface "services"/,
  },
  {
    code: 'placement',
    breaks: 'a folder that no agent reads',
    by: (good) => {
      good.edit(MAP, 'skill: .claude/skills/', 'skill: docs/');
      good.edit(SKILL, 'node .claude/skills/', 'node docs/');
      good.move('docs/harbour-production-parity');
    },
    says: /in "docs"/,
  },
  {
    code: 'command',
    breaks: 'a script that is not there',
    by: inSkill('npm run smoke:postgres', 'npm run smoke:database'),
    says: /no package\.json has the script "smoke:database"/,
  },
  {
    code: 'command',
    breaks: 'a target that is not there',
    by: inSkill('make smoke', 'make fire'),
    says: /make has no target "fire"/,
  },
  {
    code: 'command',
    breaks: 'a target that is not there, in a sentence',
    by: inSkill('`make up`', '`make down`'),
    says: /make has no target "down"/,
  },
  {
    code: 'command',
    breaks: 'a file that is not there',
    by: inSkill('scripts/check-parity.mjs` from', 'scripts/check.mjs` from'),
    says: /no file "\.claude.*check\.mjs"/,
  },
  {
    code: 'command',
    breaks: 'a program of no package',
    by: inSkill('npx tsc --noEmit', 'npx eslint .'),
    says: /"eslint"/,
  },
  {
    code: 'command',
    breaks: 'a script file that is not there',
    by: inSkill('make smoke', './bin/smoke'),
    says: /"\.\/bin\/smoke"/,
  },
  {
    code: 'placeholder',
    breaks: 'a placeholder',
    by: inSkill('The workflow passes', 'The workflow of <app-name> passes'),
    says: /"<app-name>"/,
  },
  {
    code: 'placeholder',
    breaks: 'a name that a cited file has within longer words only',
    by: ({ repository, edit, write }) => {
      write('compose.yaml', `${readFileSync(join(repository, 'compose.yaml'), 'utf8')}# of the footer\n`);
      edit(SKILL, 'The workflow passes', 'The workflow of foo passes');
    },
    says: /"foo"/,
  },
  {
    code: 'frontmatter-keys',
    breaks: 'an empty compatibility',
    by: inSkill('\n---\n\n#', '\ncompatibility: " "\n---\n\n#'),
    says: /"compatibility" is not a text/,
  },
  {
    code: 'frontmatter-keys',
    breaks: 'tools that are no texts',
    by: inSkill('\n---\n\n#', '\nallowed-tools:\n  - "Read"\n  - 1\n---\n\n#'),
    says: /SKILL\.md:4 .*"allowed-tools" is neither/,
  },
  {
    code: 'frontmatter-keys',
    breaks: 'metadata that is a list',
    by: inSkill('\n---\n\n#', '\nmetadata:\n  - "a"\n---\n\n#'),
    says: /"metadata" is not a mapping/,
  },
  {
    code: 'name',
    breaks: '65 characters',
    by: inSkill('name: "harbour', `name: "${'h'.repeat(47)}`),
    says: /65 characters, more than 64/,
  },
  {
    code: 'name',
    breaks: 'a space at its end',
    by: inSkill('production-parity"\n', 'production-parity "\n'),
    says: /lower-case/,
  },
  {
    code: 'layout',
    breaks: 'a file beside SKILL.md',
    by: ({ skill }) => writeFileSync(join(skill, 'NOTES.md'), 'harbour\n'),
    says: /NOTES\.md:1 .*no place in a skill/,
  },
  {
    code: 'layout',
    breaks: 'a folder of no specification',
    by: ({ skill }) => {
      mkdirSync(join(skill, 'docs'));
      writeFileSync(join(skill, 'docs', 'a.md'), 'harbour\n');
    },
    says: /docs\/a\.md:1 .*no place/,
  },
  {
    code: 'link',
    breaks: 'a heading of a reference that is not there',
    by: inSkill('(references/mail.md)', '(references/mail.md#pigeons)'),
    says: /no heading of references\/mail\.md has the anchor "#pigeons"/,
  },
  {
    code: 'link',
    breaks: 'a heading of the repository that is not there',
    by: inSkill('(references/mail.md)', '(../../../README.md#pigeons)'),
    says: /no heading of README\.md/,
  },
  {
    code: 'link',
    breaks: 'a line of the repository past the end',
    by: inSkill('(references/mail.md)', '(../../../compose.yaml#L900)'),
    says: /compose\.yaml has \d+ lines/,
  },
  {
    code: 'link',
    breaks: 'a path from the root of the machine',
    by: inSkill('(references/mail.md)', '(/etc/hostname)'),
    says: /out of the repository/,
  },
  {
    code: 'link',
    breaks: 'a file by another scheme',
    by: inSkill('(references/mail.md)', '(file:///etc/hostname)'),
    says: /out of the repository/,
  },
  {
    code: 'link',
    breaks: 'a link that is defined elsewhere and leads to nothing',
    by: inSkill('[notes on mail](references/mail.md).', '[notes on mail][mail].\n\n[mail]: references/post.md'),
    says: /no file of the skill/,
  },
  {
    code: 'link',
    breaks: 'a link in HTML that leads to nothing',
    by: inSkill('[notes on mail](references/mail.md)', '<a href="references/post.md">notes on mail</a>'),
    says: /no file of the skill/,
  },
  {
    code: 'link',
    breaks: 'an image of the machine',
    by: inSkill('[notes on mail](references/mail.md)', "<img alt='mail' src='/etc/mail.png'>"),
    says: /out of the repository/,
  },
  {
    code: 'link',
    breaks: 'a bare address of another scheme',
    by: inSkill('[notes on mail](references/mail.md)', '<file:///srv/mail.md>'),
    says: /out of the repository/,
  },
  {
    code: 'secret',
    breaks: 'a password that somebody typed into the map',
    by: inMap('representation: Mailpit catches all mail', 'representation: Mailpit with the password hunter2x'),
    says: /parity-map\.yaml:\d+ .*credential/,
  },
  {
    code: 'secret',
    breaks: 'a token in a comment of the map',
    by: inMap('openRisks: []', `# was ${'ghp_'}kV3xQ9mZ7tB2nR8wL5cY1dF6hJ4sA0pE2uGi\nopenRisks: []`),
    says: /parity-map\.yaml:\d+ .*credential/,
  },
  {
    code: 'secret',
    breaks: 'a credential in a fence',
    by: inSkill('make smoke\n', 'export SMTP_PASSWORD=kx7canaryhorse9\nmake smoke\n'),
    says: /SKILL\.md:\d+ .*credential/,
  },
  {
    code: 'evidence',
    breaks: 'an environment that nothing tells of',
    by: inMap(
      /(- name: local\n {4}class: local\n {4}citations:)\n.*\n.*\n.*/,
      '- name: local\n    class: local\n    citations: []',
    ),
    says: /environment "local" cites no line/,
  },
  {
    code: 'command',
    breaks: 'a program that nothing in the repository names',
    by: inSkill('make smoke\n', 'pigeonctl status\nmake smoke\n'),
    says: /nothing in the repository names "pigeonctl"/,
  },
  {
    code: 'command',
    breaks: 'a recipe of a file that is not there',
    by: inSkill('make smoke\n', 'just smoke\n'),
    says: /no file for just/,
  },
  {
    code: 'command',
    breaks: 'a compose file that is not there',
    by: inSkill('make smoke\n', 'docker compose -f compose.prod.yaml up\n'),
    says: /no compose file "compose\.prod\.yaml"/,
  },
  {
    code: 'command',
    breaks: 'a program after a change of folder that is not there',
    by: inSkill('make smoke\n', 'make smoke\ncd pier && make\n'),
    says: /no folder "pier"/,
  },
  {
    code: 'command',
    breaks: 'a task',
    by: ({ write, edit }) => {
      write('Taskfile.yml', 'version: "3"\ntasks:\n  smoke:\n    cmds: [make smoke]\n');
      edit(SKILL, 'make smoke\n', 'task smoke\ntask fire\n');
    },
    says: /task has no target "fire"/,
  },
  {
    code: 'citation',
    breaks: 'an empty line, in the text',
    by: (good) => {
      good.write('empty.txt', '\nharbour\n');
      good.edit(SKILL, '`compose.yaml:3` to', '`empty.txt:1` to');
    },
    says: /the line is empty/,
  },
  {
    code: 'citation',
    breaks: 'the line beside the one that the map cites, in the text',
    by: inSkill('- **Lines**: `k8s/production/web.yaml:11`', '- **Lines**: `k8s/production/web.yaml:12`'),
    says: /SKILL\.md:\d+ .*web\.yaml:12: the map cites line 11/,
  },
  {
    code: 'evidence',
    breaks: 'a truth source that cites nothing in the text',
    by: inSkill('## Inspection Workflow', '- **Datadog**: every request is traced\n\n## Inspection Workflow'),
    says: /SKILL\.md:\d+ .*truth source that cites no line/,
  },
  {
    code: 'intent',
    breaks: 'its title for a reason',
    by: inMap(
      'reason: The relay would deliver test bookings to real harbour masters',
      'reason: Mailpit runs in local, and nowhere else',
    ),
    says: /without a reason/,
  },
  {
    code: 'register',
    breaks: 'a review some day',
    by: inMap('reviewTrigger: A change of SMTP_URL', 'reviewTrigger: some day'),
    says: /reviewTrigger is empty/,
  },
  {
    code: 'surface',
    breaks: 'an owner to be announced',
    by: inMap(
      '    owner: harbour operations\n    citations:\n      - path: k8s/production/web.yaml',
      '    owner: TBA\n    citations:\n      - path: k8s/production/web.yaml',
    ),
    says: /surface "services": owner is empty/,
  },
  {
    code: 'register',
    breaks: 'an id twice',
    by: (good) => {
      good.edit(MAP, '- id: "service-only-in:mailpit:local"', '- id: "version-mismatch:postgresql:local+production"');
      good.edit(SKILL, '(`service-only-in:mailpit:local`)', '(`version-mismatch:postgresql:local+production`)');
    },
    says: /the id is there twice/,
  },
  ...(
    [
      ['pnpm run parity', /no package\.json has the script "parity"/],
      ['yarn drift', /"drift"/],
      ['bun run drift', /"drift"/],
      ['uv run alembic upgrade head', /names "uv"/],
      ['poetry run pytest', /names "poetry"/],
      ['CI=1 make parity', /make has no target "parity"/],
      ['npm run build -w packages/web', /the script "build"/],
      ['npm --prefix web run build', /the script "build"/],
      ['python manage.py check --deploy', /no file "manage\.py"/],
      ['bundle exec rails db:migrate', /names "bundle"/],
      ['go run ./cmd/drift', /names "go"/],
      ['./gradlew parityTest', /no file "\.\/gradlew"/],
      ['bash scripts/smoke.sh', /no file "scripts\/smoke\.sh"/],
      ['docker compose exec -T -u root redis redis-cli ping', /no compose file has the service "redis"/],
      ['docker compose run --rm web npm test', /no compose file has the service "web"/],
    ] as const
  ).map(([command, says]) => ({
    code: 'command',
    breaks: command,
    by: inSkill('make smoke\n', `${command}\nmake smoke\n`),
    says,
  })),
  {
    code: 'generic-advice',
    breaks: 'advice for everybody',
    by: inSkill('## Question Protocol', '- Keep all environments as similar as possible.\n\n## Question Protocol'),
    says: /fits every application/,
  },
];

test.each(cases)('$code: $breaks', ({ code, by, says }) => {
  const good = copyGoodSkill();
  by(good);
  const findings = verdict(good);
  expect(findings[0]).toMatch(says);
  expect([...new Set(findings.map((finding) => finding.split(' ')[1]))]).toEqual([code]);
});

test.each<[string, (good: GoodSkill) => void]>([
  [
    'a description of 1024 characters between spaces',
    inSkill(
      /description: "(.*)"/,
      `description: "  ${'harbour parity when drift shows and '.repeat(40).slice(0, 1024).trimEnd()}  "`,
    ),
  ],
  [
    'a compatibility of 500 characters between spaces',
    inSkill('\n---\n\n#', `\ncompatibility: " ${'x'.repeat(500)} "\n---\n\n#`),
  ],
  ['tools in a text', inSkill('\n---\n\n#', '\nallowed-tools: "Bash(git:*) Read"\n---\n\n#')],
  ['tools in a list', inSkill('\n---\n\n#', '\nallowed-tools:\n  - "Bash(git:*)"\n  - "Read"\n---\n\n#')],
  ['a license and texts by text', inSkill('\n---\n\n#', '\nlicense: "MIT"\nmetadata:\n  version: "1.0"\n---\n\n#')],
  ['a heading of this file', inSkill('(references/mail.md)', '(#divergence-register)')],
  ['a heading of a reference', inSkill('(references/mail.md)', '(references/mail.md#mail-of-harbour)')],
  ['a line of the repository', inSkill('(references/mail.md)', '(../../../compose.yaml#L3)')],
  [
    'an environment that somebody told of',
    (good) => {
      good.edit(
        MAP,
        /(- name: local\n {4}class: local\n {4}citations:)\n.*\n.*\n.*/,
        '- name: local\n    class: local\n    citations: []',
      );
      good.edit(MAP, 'answer: Operations restore', 'answer: Nobody restores on a local machine. Operations restore');
    },
  ],
  [
    'a program that a file of the repository names',
    (good) => {
      good.write('deploy.sh', 'pigeonctl apply\n');
      good.edit(SKILL, 'make smoke\n', 'pigeonctl status\nmake smoke\n');
    },
  ],
  [
    'services of the compose file',
    inSkill('make smoke\n', 'docker compose up -d db\ndocker compose exec -T -e A=b mail ls\nmake smoke\n'),
  ],
  [
    'a service of a file that a compose file includes',
    (good) => {
      good.write('compose.extra.yaml', 'include:\n  - more/services.yaml\n');
      good.edit(SKILL, 'make smoke\n', 'docker compose logs redis\nmake smoke\n');
    },
  ],
  [
    'a range of lines around a cited one',
    inSkill('- **Lines**: `k8s/production/web.yaml:11`', '- **Lines**: `k8s/production/web.yaml:10-11`'),
  ],
  [
    'programs that every machine has',
    inSkill('make smoke\n', 'test -f compose.yaml && git status | grep -q clean\nmake smoke\n'),
  ],
  [
    'names and places that only read like credentials',
    (good) => {
      good.write('token.py', 'TARGET = 1\n'.repeat(24));
      good.edit(
        MAP,
        'openRisks: []',
        'openRisks:\n  - id: "env-name-branch:TARGET_ENV login"\n    title: sign in tries twice in `token.py:24`\n    severity: low',
      );
      good.edit(
        SKILL,
        'The workflow passes',
        '- Sign in (low, `env-name-branch:TARGET_ENV login`), `token.py:24`; the secret `postgres14`\n\nThe workflow passes',
      );
    },
  ],
  [
    'the id of a question about credentials',
    (good) => {
      good.edit(
        MAP,
        'openRisks: []',
        'openRisks:\n  - id: "provider-credentials:sentry"\n    title: which account Sentry has in production is not known\n    severity: low',
      );
      good.edit(
        SKILL,
        'The workflow passes',
        '- low: not known (`provider-credentials:sentry`)\n\nThe workflow passes',
      );
    },
  ],
  [
    'a difference that was looked at and is not so, of a rule that the register has too',
    (good) => {
      good.edit(
        MAP,
        'openRisks: []',
        'openRisks: []\ndismissed:\n  - id: "service-only-in:redis:local"\n    reason: both read `compose.yaml`',
      );
      good.edit(SKILL, 'The workflow passes', '- `service-only-in:redis:local`: both run it\n\nThe workflow passes');
    },
  ],
  [
    'the blocks that a cited line stands in, whose names speak of secrets',
    (good) => {
      good.write('scans.yml', 'jobs:\n  detect-secrets:\n    shell: bash\n  lint:\n    shell: bash\n');
      good.edit(
        MAP,
        '        text: "image: postgres:15.6"\n  - name: ci',
        '        text: "image: postgres:15.6"\n      - path: scans.yml\n        line: 3\n        text: "shell: bash"\n        under:\n          - "detect-secrets:"\n          - "jobs:"\n  - name: ci',
      );
    },
  ],
  [
    'what is withheld, and where a secret is kept',
    inSkill('make smoke\n', 'export SMTP_PASSWORD="$(cat /run/secrets/smtp)"\nmake smoke\n'),
  ],
])('nothing is wrong with %s', (_, by) => {
  const good = copyGoodSkill();
  by(good);
  expect(verdict(good)).toEqual([]);
});

test('catalog-sentence: a sentence of the resources, unchanged or nearly so', () => {
  const sentence = catalog();
  const words = sentence.split(' ');
  for (const text of [sentence, [...words.slice(0, 3), 'really', ...words.slice(3)].join(' ')]) {
    const good = copyGoodSkill();
    good.edit(SKILL, 'Ask one question at a time', `${text}. Ask one question at a time`);
    expect(verdict(good).map((finding) => finding.split(' ')[1])).toEqual(['catalog-sentence']);
  }
  const good = copyGoodSkill();
  good.edit(
    SKILL,
    'Ask one question at a time',
    `${words.slice(0, 5).join(' ')} of \`compose.yaml\` that harbour starts by hand every day. Ask one question at a time`,
  );
  expect(verdict(good)).toEqual([]);
});

/** A plain sentence of the resources that is long enough to be known again. */
function catalog(): string {
  const folder = join(root, 'resources');
  const sentences = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .flatMap((line) => sentencesOf(line).filter((sentence) => /^[A-Z][\w ,'-]{60,160}$/.test(sentence)));
  const [sentence] = sentences;
  if (sentence === undefined) throw new Error('no such sentence in resources/*.md');
  return sentence;
}

test('every check has a case that it alone finds', () => {
  const covered = new Set([...cases.map(({ code }) => code), 'catalog-sentence']);
  expect([...lintChecks, ...validateChecks].map(({ meta }) => meta.code).filter((code) => !covered.has(code))).toEqual(
    [],
  );
});

test('a program in the frontmatter is not run', () => {
  const good = copyGoodSkill();
  const trace = join(good.repository, 'trace');
  good.edit(SKILL, /^---\n/, `---js\n(require("fs").writeFileSync(${JSON.stringify(trace)}, ""), {})\n---\n---\n`);
  expect(verdict(good)[0]).toMatch(/frontmatter/);
  expect(existsSync(trace)).toBe(false);
});

function initialise(folder: string): void {
  execFileSync('git', ['init', '--quiet', '--template=', folder], {
    env: { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' },
  });
}

test('placement: git ignores the skill, or one of its files', () => {
  const good = copyGoodSkill();
  initialise(good.repository);
  expect(verdict(good)).toEqual([]);
  good.write('.gitignore', '*.mjs\n');
  expect(verdict(good)).toEqual([
    'SKILL.md:1 placement git ignores scripts/check-parity.mjs, so nobody else would get it',
  ]);
  good.write('.gitignore', '.claude/\n');
  expect(verdict(good)).toEqual([expect.stringMatching(/placement git ignores SKILL\.md and 3 more/)]);
});

test('placement: behind a link, the skill is where the link leads', () => {
  const good = copyGoodSkill();
  const link = join(good.repository, '.agents-link');
  symlinkSync(good.skill, link);
  expect(verdict({ repository: good.repository, skill: link })).toEqual([]);
  const outside = join(good.repository, '..', 'harbour-production-parity');
  renameSync(good.skill, outside);
  symlinkSync(outside, good.skill);
  const findings = verdict(good);
  expect(findings).toContainEqual(expect.stringMatching(/placement the skill lies outside of the repository/));
});

test("placement: a home folder that is a repository is still a user's", () => {
  const good = copyGoodSkill();
  const home = process.env.HOME;
  process.env.HOME = good.repository;
  try {
    expect(verdict(good)).toEqual([
      expect.stringMatching(/placement the skill lies in a folder of skills for every project/),
    ]);
  } finally {
    if (home === undefined) delete process.env.HOME;
    else process.env.HOME = home;
  }
});

test('validate and lint print findings and end with 0 or 1', () => {
  const good = copyGoodSkill();
  expect(run('validate', good.skill, '--repo', good.repository)).toEqual({
    status: 0,
    stdout: '',
    stderr: 'no findings\n',
  });
  good.edit(SKILL, 'The workflow passes', 'The workflow of [your team] passes');
  good.edit(SKILL, 'make smoke', 'make fire');
  const { status, stdout } = run('validate', good.skill, '--repo', good.repository);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^\S+\/SKILL\.md:\d+:1: error: make has no target "fire"; name a command.* \[command\]$/m);
  const lint = run('lint', good.skill, '--format', 'json');
  expect(lint.status).toBe(1);
  expect(JSON.parse(lint.stdout)).toEqual({
    findings: [
      {
        code: 'placeholder',
        level: 'error',
        key: 'SKILL.md "[your team]" stands in for something else',
        related: [],
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        path: 'SKILL.md',
        line: expect.any(Number),
        message: '"[your team]" stands in for something else',
        mend: expect.any(String),
      },
    ],
  });
});

test.each([
  ['validate', [], /give one skill folder/],
  ['validate', [fixture(`validation/harbour/${GOOD_SKILL}`)], /--repo/],
  ['validate', ['nowhere', '--repo', '.'], /nowhere: no such folder/],
  ['validate', [fixture(`validation/harbour/${GOOD_SKILL}`), '--repo', 'nowhere'], /nowhere: no such folder/],
  ['lint', ['package.json'], /a file, not a folder/],
  ['lint', ['scripts'], /no SKILL\.md in it/],
  ['lint', ['scripts', 'test'], /give one skill folder/],
  ['lint', [fixture(`validation/harbour/${GOOD_SKILL}`), '--format', 'xml'], /--format xml: give one of text, json/],
  ['lint', ['--what'], /usage:/],
])('%s %j is bad usage: one line, exit 2', (script, args, says) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 2, stdout: '', lines: 1 });
  expect(stderr).toMatch(says);
});
