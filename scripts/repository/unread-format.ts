import vocabulary from '../../resources/formats.json' with { type: 'json' };

interface Format {
  name: string;
  readers?: string[];
  notYet?: string;
  files?: string[];
}

const formats = vocabulary.groups
  .flatMap((group): Format[] => group.formats)
  .flatMap(({ name, notYet, files = [] }) =>
    notYet === undefined ? [] : [{ name, notYet, patterns: files.map((each) => new RegExp(each)) }],
  );

/** Any of them: nearly all files are none, and are asked once. */
const ANY = new RegExp(formats.flatMap(({ patterns }) => patterns.map((each) => each.source)).join('|') || '(?!)');

/** Why nothing reads a file that says what an environment is, told by its path; `undefined` for every other file. */
export function unreadFormat(path: string): string | undefined {
  if (!ANY.test(path)) return undefined;
  const found = formats.find(({ patterns }) => patterns.some((pattern) => pattern.test(path)));
  return found && `${found.name}: not read yet. ${found.notYet}`;
}
