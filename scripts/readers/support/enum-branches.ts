import { classOf } from '../../environments/names.ts';
import type { Branch } from './environment-branches.ts';
import type { ProgramText } from './source.ts';

/** `env == Env::Production`, `environment != Environment.PROD`, `AppEnv.Test =>`: the environment's name as one of an enumeration. */
const COMPARED =
  /(?<operator>[!=]==?)\s{0,10}(?:\w{1,40}(?:::|\.)){0,3}(?:App|Deploy|Run)?(?:Env|Environment|EnvironmentName|Stage)(?:Type|Name)?(?:::|\.)(?<name>[A-Za-z]\w{1,40})\b/g;

/** The branches that compare with a member of an enumeration of environments. */
export function enumBranches(program: ProgramText): Branch[] {
  return [...program.code.matchAll(COMPARED)].flatMap((match) => {
    const { operator = '', name = '' } = match.groups ?? {};
    return classOf(name) === undefined ? [] : [{ key: 'ENV', value: `${operator} ${name}`, offset: match.index }];
  });
}
