import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { findingAt } from './support/place.ts';
import { programText } from './support/source.ts';

const ELIXIR = /\belixir:\s{0,8}"([^"\n]{1,80})"/g;
/** `{:postgrex, "~> 0.17", only: :test}`. */
const DEPENDENCY = /\{\s{0,8}:(\w{1,80})\s{0,4},\s{0,8}(?:"([^"\n]{0,80})")?([^{}\n]{0,300})\}/g;

export const mixExs: Reader = {
  name: 'mix-exs',
  reads: '`mix.exs`: the Elixir version, and the packages that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.exs'],
  matches: (path) => basename(path) === 'mix.exs',
  read(file) {
    const program = programText(file.path, file.text, 'elixir');
    const versions = [...program.text.matchAll(ELIXIR)].flatMap((match) =>
      program.isCode(match.index)
        ? [
            findingAt(
              { environment: 'shared', line: program.line(match.index) },
              { surface: 'runtime', subject: 'elixir', attribute: 'version', value: match[1] ?? null },
            ),
          ]
        : [],
    );
    const clients = [...program.text.matchAll(DEPENDENCY)].flatMap((match): Finding[] => {
      if (!program.isCode(match.index)) return [];
      const line = program.line(match.index);
      return environmentsOf(match[3] ?? '').flatMap((environment) =>
        clientFindings(match[1] ?? '', match[2] ?? '', { environment, line }),
      );
    });
    return { findings: [...versions, ...clients] };
  },
};

/** `only: [:dev, :test]`. */
function environmentsOf(options: string): string[] {
  const only = /\bonly:\s{0,4}(\[[^\]]{0,100}\]|:\w+)/.exec(options)?.[1];
  const named = (only?.match(/:(\w+)/g) ?? []).map((each) => environmentNamed(each.slice(1)));
  if (named.length === 0 || named.some((each) => each === undefined)) return ['shared'];
  return [...new Set(named.flatMap((each) => (each ? [developerEnvironment(each)] : [])))];
}
