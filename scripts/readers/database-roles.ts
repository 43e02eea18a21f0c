import { roleOf } from '../repository/path-role.ts';
import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';

/** `create role shop_admin`, `CREATE USER IF NOT EXISTS 'shop'@'%'`; what an earlier dump or a template fills in is left out. */
const CREATES =
  /^\s*create\s+(?:role|user|group)\s+(?!mapping\b)(?:if\s+not\s+exists\s+)?["'`]?([A-Za-z_][\w-]{0,62})["'`]?(?=[\s;@]|$)/i;
const MAX_FINDINGS = 100;

export const databaseRoles: Reader = {
  name: 'database-roles',
  reads: 'SQL: the roles and users that migrations and set-up scripts make in the database',
  reach: EVERYWHERE,
  source: true,
  endings: ['.sql'],
  matches: (path) => /\.sql$/.test(path) && roleOf(path) === 'application',
  read({ text }) {
    const findings = splitLines(text).flatMap((line, index): Finding[] => {
      const name = CREATES.exec(line)?.[1];
      if (name === undefined) return [];
      const said = { surface: 'identity', subject: 'database-role', attribute: 'setting', value: name } as const;
      return [{ ...said, environment: 'shared', line: index + 1 }];
    });
    return { findings: findings.slice(0, MAX_FINDINGS) };
  },
};
