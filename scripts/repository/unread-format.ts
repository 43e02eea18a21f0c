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

/** Why nothing reads a file that says what an environment is, told by its path; `undefined` for every other file. */
export function unreadFormat(path: string): string | undefined {
  const found = formats.find(({ patterns }) => patterns.some((pattern) => pattern.test(path)));
  return found && `${found.name}: not read yet. ${found.notYet}`;
}
