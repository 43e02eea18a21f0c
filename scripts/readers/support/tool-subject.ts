import tools from '../../../resources/tools.json' with { type: 'json' };
import { type Subject, subjectOfEngine, subjectOfImage } from '../../services/subject.ts';

const aliases = new Map(Object.entries(tools.aliases));

/** What a version manager's name of a tool is about (`nodejs`, `postgres`); a tool that no vocabulary knows is a runtime of its own name. */
export function toolSubject(name: string): Subject {
  const word = aliases.get(name.toLowerCase()) ?? name.toLowerCase();
  return subjectOfEngine(word) ?? subjectOfImage(word) ?? { subject: word, surface: 'runtime' };
}
