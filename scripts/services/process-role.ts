import vocabulary from '../../resources/process-roles.json' with { type: 'json' };
import { wordsOf } from './topic.ts';

/** The role of a process by the words of its name, then of its command: `worker`, `scheduler`, `proxy`; `undefined` for a server. */
export function processRoleOf(name: string, command = ''): string | undefined {
  return roleByWords(wordsOf(name)) ?? roleByWords(wordsOf(command));
}

function roleByWords(words: readonly string[]): string | undefined {
  return vocabulary.roles.find((each) => words.some((word) => each.words.includes(word)))?.role;
}
