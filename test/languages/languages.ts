/** How a language writes what is no code, for the near misses of `near-misses.test.ts`. */
export interface Language {
  name: string;
  /** The endings of its program files. */
  endings: string[];
  /** What makes a comment of a line. */
  comment: string;
  /** What must stand first in a file. */
  first?: string;
  /** A file whose lines are strings. */
  strings(lines: readonly string[]): string;
  /** A file that is one string of many lines, or documentation. */
  text(source: string): string;
}

const quoted = (line: string) => JSON.stringify(line);
const single = (line: string) => `'${line.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const listed = (lines: readonly string[]) => lines.map((line) => `  ${line},`).join('\n');

export const LANGUAGES: readonly Language[] = [
  {
    name: 'javascript',
    endings: ['.ts'],
    comment: '//',
    strings: (lines) => `export const lines = [\n${listed(lines.map(single))}\n];\n`,
    text: (source) => `export const text = \`\n${source.replaceAll('`', "'").replaceAll('${', '$ {')}\`;\n`,
  },
  {
    name: 'python',
    endings: ['.py'],
    comment: '#',
    strings: (lines) => `LINES = [\n${listed(lines.map(quoted))}\n]\n`,
    text: (source) => `"""\n${source.replaceAll('"""', "'''")}"""\n`,
  },
  {
    name: 'ruby',
    endings: ['.rb'],
    comment: '#',
    strings: (lines) => `LINES = [\n${listed(lines.map(single))}\n].freeze\n`,
    text: (source) => `TEXT = <<~'TEXT_ENDS_HERE'.freeze\n${source}TEXT_ENDS_HERE\n`,
  },
  {
    name: 'go',
    endings: ['.go'],
    comment: '//',
    strings: (lines) => `package lines\n\nvar lines = []string{\n${listed(lines.map(quoted))}\n}\n`,
    text: (source) => `package text\n\nvar text = \`\n${source.replaceAll('`', "'")}\`\n`,
  },
  {
    name: 'java',
    endings: ['.java'],
    comment: '//',
    strings: (lines) => `class Lines {\n  String[] lines = {\n${listed(lines.map(quoted))}\n  };\n}\n`,
    text: (source) => `class Text {\n  String text = """\n${source.replaceAll('\\', '')}""";\n}\n`,
  },
  {
    name: 'kotlin',
    endings: ['.kt'],
    comment: '//',
    strings: (lines) => `val lines = listOf(\n${listed(lines.map((line) => quoted(line).replaceAll('$', '\\$')))}\n)\n`,
    text: (source) => `val text = """\n${source.replaceAll('${', '$ {')}"""\n`,
  },
  {
    name: 'csharp',
    endings: ['.cs'],
    comment: '//',
    strings: (lines) => `class Lines\n{\n    string[] lines = {\n${listed(lines.map(quoted))}\n    };\n}\n`,
    text: (source) => `class Text\n{\n    string text = """\n${source}""";\n}\n`,
  },
  {
    name: 'php',
    endings: ['.php'],
    comment: '//',
    first: '<?php',
    strings: (lines) => `<?php\n\nreturn [\n${listed(lines.map(single))}\n];\n`,
    text: (source) => `<?php\n\nreturn <<<'TEXT_ENDS_HERE'\n${source.replaceAll('?>', '')}TEXT_ENDS_HERE;\n`,
  },
  {
    name: 'elixir',
    endings: ['.ex', '.exs'],
    comment: '#',
    strings: (lines) => `[\n${listed(lines.map((line) => quoted(line).replaceAll('#{', '\\#{')))}\n]\n`,
    text: (source) =>
      `defmodule Text do\n  @moduledoc """\n${source.replaceAll('"""', "'''").replaceAll('#{', '# {')}  """\nend\n`,
  },
  {
    name: 'rust',
    endings: ['.rs'],
    comment: '//',
    strings: (lines) => `pub const LINES: &[&str] = &[\n${listed(lines.map(quoted))}\n];\n`,
    text: (source) => `pub const TEXT: &str = r##"\n${source}"##;\n`,
  },
  {
    name: 'shell',
    endings: ['.sh'],
    comment: '#',
    first: '#!/bin/sh',
    strings: (lines) =>
      `#!/bin/sh\n${lines.map((line) => `printf '%s\\n' '${line.replaceAll("'", `'"'"'`)}'`).join('\n')}\n`,
    text: (source) => `#!/bin/sh\n: <<'TEXT_ENDS_HERE'\n${source}TEXT_ENDS_HERE\n`,
  },
];
