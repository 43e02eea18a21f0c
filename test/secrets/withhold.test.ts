import { expect, test } from 'vitest';
import { isSecretKey, redactLine, reportable } from '../../scripts/secrets/withhold.ts';

test.each([
  'DB_PASSWORD',
  'apiKey',
  'SECRET_KEY_BASE',
  'stripe.secretKey',
  'GITHUB_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'jwtSecret',
  'SENTRY_DSN',
])('%s is a secret', (key) => expect(isSecretKey(key)).toBe(true));

test.each([
  'NODE_ENV',
  'TOKEN_TTL',
  'PASSWORD_MIN_LENGTH',
  'AUTH_SCHEME',
  'COOKIE_DOMAIN',
  'PASSPORT_HOST',
  'KEYBOARD',
  'SECRET_PATH',
])('%s is none', (key) => expect(isSecretKey(key)).toBe(false));

const CANARY = 'hunter2Canary99';

test.each([
  [`DB_PASSWORD=${CANARY}`, 'DB_PASSWORD=[withheld]'],
  [`| \`API_KEY\` | ${CANARY} | signs it |`, '| `API_KEY` | [withheld] | signs it |'],
  [`SetEnv DB_PASSWORD ${CANARY}`, 'SetEnv DB_PASSWORD [withheld]'],
  [`export API_KEY="${CANARY}"`, 'export API_KEY="[withheld]"'],
  [`  password: '${CANARY}' # set by hand`, "  password: '[withheld]' # set by hand"],
  [`"clientSecret": "${CANARY}",`, '"clientSecret": "[withheld]",'],
  [`{name: "DB_PASSWORD", value: "${CANARY}"}`, '{name: "DB_PASSWORD", value: "[withheld]"}'],
  [`url: postgres://shop:${CANARY}@db:5432/shop`, 'url: postgres://[withheld]@db:5432/shop'],
  [`const client = new Client({ apiKey: '${CANARY}' })`, "const client = new Client({ apiKey: '[withheld]' })"],
  [`password: three ${CANARY} words # note`, 'password: [withheld] # note'],
  [`POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:-${CANARY}}`, 'POSTGRES_PASSWORD: [withheld]'],
  [
    `const secret = process.env.SESSION_SECRET ?? '${CANARY}'`,
    "const secret = process.env.SESSION_SECRET ?? '[withheld]'",
  ],
  [`key = os.getenv("API_KEY", "${CANARY}")`, 'key = os.getenv("API_KEY", "[withheld]")'],
  [`ENV.fetch('DB_PASSWORD') { '${CANARY}' }`, "ENV.fetch('DB_PASSWORD') { '[withheld]' }"],
  [`TOKEN = env('APP_TOKEN', default='${CANARY}')`, "TOKEN = env('APP_TOKEN', default='[withheld]')"],
  [`"start": "API_KEY=${CANARY} node .",`, '"start": "API_KEY=[withheld] node .",'],
  [`{"db":{"password":"${CANARY}"}}`, '{"db":{"password":"[withheld]"}}'],
  [`web: DB_PASSWORD=${CANARY} bin/web`, 'web: DB_PASSWORD=[withheld] bin/web'],
  [`PGPASSWORD=${CANARY}`, 'PGPASSWORD=[withheld]'],
  [`STRIPE_KEY=${CANARY}`, 'STRIPE_KEY=[withheld]'],
  [`DB_PASSWORD2=${CANARY}`, 'DB_PASSWORD2=[withheld]'],
  [`command: redis-server --requirepass ${CANARY}`, 'command: redis-server --requirepass [withheld]'],
  [`:password => "${CANARY}"`, ':password => "[withheld]"'],
  [
    'curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghij"',
    'curl -H "Authorization: Bearer [withheld]"',
  ],
  ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_access_key_id = [withheld]'],
])('%s loses its secret', (line, expected) => {
  expect(redactLine(line)).toBe(expected);
});

test.each([
  'POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-}',
  'API_TOKEN: ${{ secrets.API_TOKEN }}',
  'image: postgres:16.4-alpine',
  'uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683',
  'FROM node:22@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'const token = readToken(request)',
  'password: string',
  'TOKEN_TTL=3600',
  'PASSWORD=',
])('%s keeps its text', (line) => {
  expect(redactLine(line)).toBe(line);
});

test('values: null under a secret-like key, references and switches kept, credentials cut out of URLs', () => {
  expect(reportable('DB_PASSWORD', CANARY)).toBeNull();
  expect(reportable('DB_PASSWORD', '${DB_PASSWORD}')).toBe('${DB_PASSWORD}');
  expect(reportable('SESSION_COOKIE_SECURE', true)).toBe(true);
  expect(reportable('DATABASE_URL', `postgres://u:${CANARY}@db/shop`)).toBe('postgres://[withheld]@db/shop');
  expect(reportable('GREETING', 'ghp_0123456789abcdefghijABCDEFGHIJ')).toBeNull();
  expect(reportable('ENDPOINTS', `[{"suffix":"1","key_passphrase":"${CANARY}"}]`)).toBe(
    '[{"suffix":"1","key_passphrase":"[withheld]"}]',
  );
  expect(reportable('PORT', 3000)).toBe(3000);
});
