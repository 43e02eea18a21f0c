import { basename } from 'node:path/posix';
import { parseToml } from '../syntax/toml.ts';
import { at, entries, type Tree, textAt } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader, type ReadResult } from './reader.ts';
import { artifactFindings, frameworkFinding } from './support/artifact-findings.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { type ProgramText, programText } from './support/source.ts';

const JAVA = [
  /\b(?:source|target)Compatibility\s{0,4}[= ]\s{0,4}(?:JavaVersion\.(?:VERSION_|toVersion\(\s{0,4}))?["']?(\d+(?:[._]\d+)?)/g,
  /\bJavaLanguageVersion\.of\(\s{0,4}["']?(\d+)/g,
  /\bjvmToolchain\(\s{0,4}(\d+)/g,
  /\bjvmTarget\s{0,4}=\s{0,4}(?:JvmTarget\.JVM_)?["']?(\d+(?:[._]\d+)?)/g,
];
const SPRING_BOOT =
  /\bid\s{0,4}\(?\s{0,4}["']org\.springframework\.boot["']\s{0,4}\)?\s{1,4}version\s{0,4}\(?\s{0,4}["']([\w.-]{1,60})["']/g;
const DEPENDENCY =
  /\b(\w{0,40}(?:[iI]mplementation|[aA]pi|[rR]untimeOnly|[cC]ompileOnly))\s{0,4}\(?\s{0,4}["']([\w.-]{1,120}):([\w.-]{1,120})(?::([^"':\n]{1,60}))?[^"'\n]{0,60}["']/g;

export const gradleBuild: Reader = {
  name: 'gradle-build',
  reads:
    '`build.gradle`, `build.gradle.kts`, `libs.versions.toml`: the Java version, Spring Boot, and clients of services',
  reach: EVERYWHERE,
  endings: ['.gradle', '.kts', '.toml'],
  matches: (path) => /\.gradle(?:\.kts)?$|\.versions\.toml$/.test(basename(path)),
  read(file) {
    if (file.path.endsWith('.toml')) return catalogFindings(file.text);
    const program = programText(file.path, file.text, file.path.endsWith('.kts') ? 'kotlin' : 'groovy');
    return { findings: [...versionFindings(program), ...dependencyFindings(program)] };
  },
};

function versionFindings(program: ProgramText): Finding[] {
  const java = JAVA.flatMap((pattern) => [...program.text.matchAll(pattern)]).flatMap((match) =>
    program.isCode(match.index)
      ? [
          findingAt(
            { environment: 'shared', line: program.line(match.index) },
            { surface: 'runtime', subject: 'java', attribute: 'target', value: (match[1] ?? '').replace('_', '.') },
          ),
        ]
      : [],
  );
  const framework = [...program.text.matchAll(SPRING_BOOT)].flatMap((match) =>
    program.isCode(match.index)
      ? [frameworkFinding(match[1] ?? '', { environment: 'shared', line: program.line(match.index) })]
      : [],
  );
  return [...java, ...framework];
}

function dependencyFindings(program: ProgramText): Finding[] {
  return [...program.text.matchAll(DEPENDENCY)].flatMap((match) => {
    if (!program.isCode(match.index)) return [];
    const [, configuration = '', group = '', artifact = '', version = ''] = match;
    const environment = /test/i.test(configuration) ? 'test' : 'shared';
    const told = version.includes('$') ? '' : version;
    return artifactFindings(group, artifact, told, { environment, line: program.line(match.index) });
  });
}

/** A version catalogue: libraries by coordinates, with a version of their own or one by name. */
function catalogFindings(text: string): ReadResult | null {
  const { tree, broken } = parseToml(text);
  const versions = at(tree, 'versions');
  const java = entries(versions).flatMap(({ key, value, line }) =>
    /^(?:java|jdk|jvm(?:-?target)?)$/i.test(key) && value.kind === 'scalar'
      ? [
          findingAt(
            { environment: 'shared', line },
            { surface: 'runtime', subject: 'java', attribute: 'target', value: value.text },
          ),
        ]
      : [],
  );
  const libraries = entries(at(tree, 'libraries')).flatMap(({ value, line }) => libraryFindings(value, line, versions));
  return readResult([...java, ...libraries], broken);
}

function libraryFindings(library: Tree, line: number, versions: Tree | undefined): Finding[] {
  const module = library.kind === 'scalar' ? library.text : textAt(library, 'module');
  const [group = '', artifact = '', own = ''] = module?.split(':') ?? [
    textAt(library, 'group') ?? '',
    textAt(library, 'name') ?? '',
  ];
  const name = textAt(library, 'version', 'ref');
  const version = name === undefined ? (textAt(library, 'version') ?? own) : (textAt(versions, name) ?? '');
  return artifactFindings(group, artifact, version, { environment: 'shared', line });
}
