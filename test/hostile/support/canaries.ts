/** A credential that nobody uses, in a shape that somebody does. */
export interface Canary {
  name: string;
  /** What would be planted. */
  text: string;
  /** The part of it that must be nowhere. */
  secret: string;
}

/** Put together at run time, so that no scanner takes this file for a leak. */
const join = (...parts: string[]): string => parts.join('');
const LETTERS = 'aZ3kQ9mW7xT2bN8vR5cY1dH6';
const HEX = '4f9a0c7be21d83656af1c09d7e42b835';

/** The letters of one canary are no other's, so that a leak tells whose it is. */
function own(name: string, text: string): string {
  let state = [...name].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 65_521, 7);
  const turn = (from: string): string => {
    state = (state * 75 + 74) % 65_537;
    return from[state % from.length] ?? '';
  };
  const digits = '0123456789';
  return text
    .replaceAll(LETTERS, () =>
      [...LETTERS]
        .map((each) =>
          turn(each >= 'a' ? 'abcdefghijkmnpqrstuvwxyz' : each >= 'A' ? 'ABCDEFGHJKLMNPQRSTUVWXYZ' : digits),
        )
        .join(''),
    )
    .replaceAll(HEX, () => [...HEX].map((each) => turn(each >= 'a' ? 'abcdef' : digits)).join(''))
    .replaceAll('Kx7', () => `K${turn('bcdfghjkmnpqrstvwxz')}${turn(digits)}${turn('BCDFGHJKMNPQRSTVWXZ')}`);
}

function canary(name: string, before: string, secret: string, after = ''): Canary {
  const text = own(name, secret);
  return { name, text: join(before, text, after), secret: text };
}

/** One credential of each known shape; all are told by shape alone, under whatever key. */
export const shapedCanaries: readonly Canary[] = [
  canary('aws-access-key', 'AK', 'IAQ7ZK3MPLTX9WBC4D'),
  canary('aws-temporary-key', 'AS', 'IAQ7ZK3MPLTX9WBC4E'),
  canary('aws-secret-key', '', 'wJx7rXUtn3FEMIqK7MDENGbPxRfiCYzq9Lm2Tv8b'),
  canary('google-api-key', 'AI', join('zaSyD', LETTERS, 'q4w8e2r')),
  canary('google-oauth-secret', 'GOC', join('SPX-', LETTERS)),
  canary('google-access-token', 'ya29', join('.a0Af', LETTERS)),
  canary('azure-account-key', 'AccountKey=', join(LETTERS, 'Q2w4E6r8T0y+U2i4/O6p8A0s2D4f==')),
  canary('azure-sas', 'https://shop.blob.core.windows.net/c?sv=2022-11-02&ss=b&sig=', join(LETTERS, '%3D')),
  canary('azure-client-secret', '', join('Qx78Q~bV3n', LETTERS, 'pR5tY8')),
  canary('github-token', 'gh', join('p_', LETTERS, 'q4w8e2r6t0')),
  canary('github-fine-grained', 'github', join('_pat_11AB', LETTERS, '_', LETTERS)),
  canary('gitlab-token', 'gl', join('pat-', LETTERS.slice(0, 20))),
  canary('slack-token', 'xox', join('b-17653672481-', LETTERS)),
  canary('slack-hook', 'https://hooks.slack.com/services/', 'T02AB3CDE/B04FG5HIJ/aZ3kQ9mW7xT2bN8vR5cY1dH6'),
  canary('stripe-key', 'sk', join('_live_', LETTERS)),
  canary('stripe-hook', 'wh', join('sec_', LETTERS)),
  canary('sendgrid', 'SG', join('.', LETTERS, '.', LETTERS)),
  canary('twilio', 'SK', HEX),
  canary('npm-token', 'np', join('m_', LETTERS, 'q4w8e2r6t0y1')),
  canary('pypi-token', 'py', join('pi-AgEIcHlwaS5vcmc', LETTERS, LETTERS)),
  canary('openai', 'sk', join('-proj-', LETTERS, LETTERS)),
  canary('anthropic', 'sk', join('-ant-api03-', LETTERS, LETTERS)),
  canary('huggingface', 'h', join('f_', LETTERS, 'q4w8e2')),
  canary('jwt', 'eyJhbGciOiJIUzI1NiJ9.', join('eyJzdWIiOiI', LETTERS, '.', LETTERS)),
  canary(
    'pem-in-one-line',
    '-----BEGIN PRIVATE KEY-----',
    join('\\nMIIEvQ', LETTERS, '\\n'),
    '-----END PRIVATE KEY-----',
  ),
  canary('url-userinfo', 'postgres://shop:', 'Kx7canaryQ', '@db.internal:5432/shop'),
  canary('url-userinfo-at', 'postgres://shop:', 'Kx7@canary@Q', '@db.internal:5432/shop'),
  canary('url-userinfo-slash', 'redis://:', 'Kx7/canary/Q', '@cache.internal:6379'),
  canary('url-lone-user', 'https://', 'Kx7canaryQ9user', '@o1.ingest.sentry.io/42'),
  canary('bearer', 'Authorization: Bearer ', 'Kx7canaryQ9bearerToken'),
  canary('basic-auth', 'Authorization: Basic ', 'c2hvcDpLeDdjYW5hcnlROQ=='),
  canary('ado-net', 'Server=db;Database=shop;User Id=shop;Password=', 'Kx7canaryQ!', ';Encrypt=true'),
  canary('jdbc', 'jdbc:mysql://db:3306/shop?user=shop&password=', 'Kx7canaryQ', '&useSSL=true'),
  canary('odbc', 'Driver={ODBC Driver 18};Server=db;Uid=shop;Pwd=', 'Kx7canaryQ', ';'),
  canary(
    'service-bus',
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=',
    join(LETTERS, '='),
  ),
  canary('htpasswd-bcrypt', 'shop:', '$2y$10$Kx7canaryQ9Kx7canaryQ.Kx7canaryQ9Kx7canaryQ9Kx7canary'),
  canary('htpasswd-apr1', 'shop:', '$apr1$Kx7canar$Kx7canaryQ9Kx7canary/.'),
  canary('crypt-sha512', '', '$6$Kx7canary$Kx7canaryQ9Kx7canaryKx7canaryQ9Kx7canaryKx7canaryQ9Kx7canary'),
  canary('django-hash', '', 'pbkdf2_sha256$260000$Kx7canary$Kx7canaryQ9Kx7canaryKx7canaryQ9Kx7canary='),
  canary('hex-32', '', HEX),
  canary('hex-64', '', join(HEX, HEX)),
  canary('base64-44', '', 'q3J0b2xKx7canaryQ9Zm9vYmFyMTIzNDU2Nzg5MGE+b/=='),
  canary('digitalocean', 'dop', join('_v1_', HEX, HEX)),
  canary('vault', 'hvs', join('.CAESI', LETTERS)),
  canary('docker-pat', 'dckr', join('_pat_', LETTERS)),
  canary('telegram', '123456789:', join('AA', LETTERS, 'q4w8e2r6t')),
  canary('age-key', 'AGE-SECRET-', 'KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'),
  canary('azure-client-secret-old', '', join('Qx7~bV3n', LETTERS, 'pR5tY8w')),
  canary('resend', 're', join('_Kx7canar_', LETTERS)),
  canary('discord-hook', 'https://discord.com/api/web', join('hooks/1234567890/', LETTERS)),
  canary('shared-access-signature', 'SharedAccess', join('Signature=', LETTERS, '%3D')),
  canary('sentry-token', 'snt', join('rys_', LETTERS, LETTERS)),
  canary('shopify', 'shp', join('at_', HEX)),
  canary('rubygems', 'ruby', join('gems_', HEX, HEX)),
  canary('supabase', 'sb', join('p_', HEX, '4f9a0c7b')),
  canary('planetscale', 'psc', join('ale_pw_', LETTERS)),
  canary('linear', 'lin', join('_api_', LETTERS)),
  canary('linear-oauth', 'lin', join('_oauth_', LETTERS)),
  canary('slack-app', 'xapp', join('-1-A0123-', LETTERS)),
  canary('slack-rotated', 'xoxe', join('.xoxp-1-', LETTERS)),
  canary('doppler', 'dp.', join('pt.', LETTERS)),
  canary('gitlab-runner', 'gl', join('rt-', LETTERS)),
  canary('gitlab-deploy', 'gl', join('dt-', LETTERS)),
  canary('pulumi', 'pu', join('l-', HEX, '4f9a0c7b')),
  canary('new-relic', 'NR', 'AK-Q7ZK3MPLTX9WBC4DH2V8'),
  canary('password-flag', 'redis-server --requirepass ', 'Kx7canaryQ9'),
  canary('ssha', '{SS', join('HA}', LETTERS)),
  canary('grafana', 'gl', join('sa_', LETTERS)),
  canary('atlassian', 'ATA', join('TT3', LETTERS, '=1A2B')),
  canary('databricks', 'da', join('pi', HEX)),
  canary('figma', 'fi', join('gd_', LETTERS)),
  canary('posthog', 'ph', join('c_', LETTERS, 'q4w8e2r6')),
  canary('mailgun', 'ke', join('y-', HEX)),
  canary('square', 'sq0', join('atp-', LETTERS)),
  canary('square-access', 'EA', join('AA', LETTERS, LETTERS)),
  canary('vercel', 'ver', join('cel_', LETTERS)),
  canary('fly', 'Fly', join('V1 ', LETTERS, LETTERS)),
  canary('token-in-address', 'https://api.shop.test/v1?access_', join('token=', LETTERS)),
];

/** A password that no shape tells: only its key does. */
export const plainCanary: Canary = { name: 'plain-password', text: 'Kx7-canary-horse', secret: 'Kx7-canary-horse' };

/** The parts of a secret that stand in a text; half a secret is one too. */
export function leaks(text: string, { secret }: Canary): boolean {
  const size = 9;
  if (secret.length <= size) return text.includes(secret);
  const middle = Math.floor((secret.length - size) / 2);
  return [0, middle, secret.length - size].some((start) => {
    const part = secret.slice(start, start + size);
    return text.includes(part) || text.includes(JSON.stringify(part).slice(1, -1));
  });
}
