/** How files of program text end in the languages that a reader of single lines knows by their calls. */
export const PROGRAM_ENDINGS: readonly string[] = [
  ...['', 'm', 'c'].flatMap((module) => ['js', 'ts', 'jsx', 'tsx'].map((ending) => `.${module}${ending}`)),
  '.py',
  '.rb',
  '.go',
  '.php',
  '.java',
  '.kt',
  '.cs',
  '.ex',
  '.exs',
];
