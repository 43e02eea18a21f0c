import { basename } from 'node:path/posix';
import { childOf, elementsAt, parseXml, type XmlElement } from '../syntax/xml.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { artifactFindings } from './support/artifact-findings.ts';
import { findingAt } from './support/place.ts';

/** Properties that hold the program to a version of Java, and those that name the version of another tool. */
const PROPERTIES = new Map([
  ['java.version', { subject: 'java', attribute: 'target' }],
  ['maven.compiler.release', { subject: 'java', attribute: 'target' }],
  ['maven.compiler.target', { subject: 'java', attribute: 'target' }],
  ['kotlin.version', { subject: 'kotlin', attribute: 'version' }],
  ['scala.version', { subject: 'scala', attribute: 'version' }],
  ['node.version', { subject: 'node', attribute: 'version' }],
  ['nodeVersion', { subject: 'node', attribute: 'version' }],
]);

export const pom: Reader = {
  name: 'pom',
  reads: '`pom.xml`: the Java version, Spring Boot, and the artefacts that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.xml'],
  matches: (path) => basename(path) === 'pom.xml',
  read(file) {
    const [project] = elementsAt(parseXml(file.text), 'project');
    if (!project) return { findings: [], broken: ['line 1: no `project` element'] };
    const properties = new Map(
      elementsAt([project], 'project', 'properties').flatMap((each) =>
        each.children.map((property) => [property.name, property] as const),
      ),
    );
    const dependencies = [
      ...elementsAt([project], 'project', 'parent'),
      ...elementsAt([project], 'project', 'dependencies', 'dependency'),
      ...elementsAt([project], 'project', 'dependencyManagement', 'dependencies', 'dependency'),
      ...elementsAt([project], 'project', 'profiles', 'profile', 'dependencies', 'dependency'),
    ];
    return {
      findings: [
        ...[...properties.values()].flatMap(propertyFindings),
        ...dependencies.flatMap((each) => dependencyFindings(each, properties)),
      ],
    };
  },
};

function propertyFindings({ name, text, line }: XmlElement): Finding[] {
  const known = PROPERTIES.get(name);
  if (!known || text === '') return [];
  const value = text.includes('${') ? null : text;
  return [findingAt({ environment: 'shared', line }, { surface: 'runtime', ...known, value })];
}

function dependencyFindings(dependency: XmlElement, properties: ReadonlyMap<string, XmlElement>): Finding[] {
  const textOf = (name: string) => childOf(dependency, name)?.text ?? '';
  const version = childOf(dependency, 'version');
  const property = /^\$\{([\w.-]+)\}$/.exec(version?.text ?? '')?.[1];
  const text = property === undefined ? (version?.text ?? '') : (properties.get(property)?.text ?? '');
  const place = {
    environment: textOf('scope') === 'test' ? 'test' : 'shared',
    line: childOf(dependency, 'artifactId')?.line ?? dependency.line,
  };
  // A parent's version stands on a line of its own, and is the one that says it.
  const line = dependency.name === 'parent' ? (version?.line ?? place.line) : place.line;
  return artifactFindings(textOf('groupId'), textOf('artifactId'), text, { ...place, line });
}
