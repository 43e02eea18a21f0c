import vocabulary from '../../../resources/shell-settings.json' with { type: 'json' };
import type { Surface } from '../../model.ts';
import { parseShell, type ShellWord } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { withoutWrappers } from './without-wrappers.ts';

const options = vocabulary.options.map((each) => ({
  ...each,
  surface: each.surface as Surface,
  program: new RegExp(`^(?:.*/)?(?:${each.command})$`),
}));
const LOOPBACK = new RegExp(vocabulary.loopback);
/** Words in which the program itself may stand: `python -m uvicorn`, `poetry run gunicorn`. */
const MAX_HEAD = 4;

/** The security settings that the commands of a script hand to what they start. What goes to the machine itself is left out. */
export function shellSettings(text: string, place: Omit<Place, 'line'>): Finding[] {
  if (!options.some(({ option }) => text.includes(option))) return [];
  return parseShell(text, 1).flatMap((each) => {
    const { words } = withoutWrappers(each);
    if (words.some((word) => LOOPBACK.test(word.text) && /^https?:/.test(word.text))) return [];
    const head = words.slice(0, MAX_HEAD);
    return options
      .filter(({ program }) => head.some((word) => program.test(word.text)))
      .flatMap(({ option, setting, surface, says }) =>
        words.flatMap((word, index) => {
          const value = optionValue(words, index, word, option, says === true);
          if (value === undefined) return [];
          return [findingAt({ ...place, line: word.line }, { surface, subject: setting, attribute: 'setting', value })];
        }),
      );
  });
}

/** What an option at an index is set to: `null` where the shell computes it. */
function optionValue(
  words: readonly ShellWord[],
  index: number,
  word: ShellWord,
  option: string,
  says: boolean,
): string | null | undefined {
  if (word.text === option) {
    if (says) return option;
    const next = words[index + 1];
    return next === undefined || next.text.startsWith('-') ? option : told(next.text);
  }
  return word.text.startsWith(`${option}=`) ? told(word.text.slice(option.length + 1)) : undefined;
}

function told(value: string): string | null {
  return /[$`]/.test(value) ? null : value;
}
