import { basename } from 'node:path/posix';
import { roleOf } from '../repository/path-role.ts';
import { childOf, elementsAt, parseXml, type XmlElement } from '../syntax/xml.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { findingAt } from './support/place.ts';

export const csproj: Reader = {
  name: 'csproj',
  reads:
    '.NET projects: `*.csproj`, `Directory.Build.props`, `Directory.Packages.props`: framework and clients of services',
  reach: EVERYWHERE,
  endings: ['.csproj', '.fsproj', '.vbproj', '.props', '.targets'],
  matches: (path) =>
    /\.(?:cs|fs|vb)proj$/.test(path) || /^Directory\.(?:Build|Packages)\.(?:props|targets)$/.test(basename(path)),
  read(file) {
    const top = parseXml(file.text);
    const isTest = roleOf(file.path) === 'test' || /tests?\.(?:cs|fs|vb)proj$/i.test(file.path);
    const environment = isTest ? 'test' : 'shared';
    const groups = elementsAt(top, 'Project', 'PropertyGroup').flatMap((each) => each.children);
    const properties = new Map(groups.map((each) => [each.name, each.text]));
    const packages = elementsAt(top, 'Project', 'ItemGroup').flatMap((each) => each.children);
    return {
      findings: [
        ...groups.flatMap((each) => frameworkFindings(each, environment)),
        ...packages.flatMap((each) => packageFindings(each, environment, properties)),
      ],
    };
  },
};

/** `net8.0` holds the program to .NET 8.0; `netstandard2.0` to none in particular. */
function frameworkFindings({ name, text, line }: XmlElement, environment: string): Finding[] {
  if (name !== 'TargetFramework' && name !== 'TargetFrameworks') return [];
  return text.split(';').flatMap((each): Finding[] => {
    const version = /^net(?:coreapp)?(\d+\.\d+)/.exec(each.trim())?.[1];
    if (version === undefined) return [];
    return [
      findingAt({ environment, line }, { surface: 'runtime', subject: 'dotnet', attribute: 'target', value: version }),
    ];
  });
}

function packageFindings(item: XmlElement, environment: string, properties: ReadonlyMap<string, string>): Finding[] {
  if (item.name !== 'PackageReference' && item.name !== 'PackageVersion') return [];
  const name = item.attributes.Include ?? item.attributes.Update ?? '';
  const version = item.attributes.Version ?? childOf(item, 'Version')?.text ?? '';
  const property = /^\$\(([\w.]+)\)$/.exec(version)?.[1];
  const told = property === undefined ? version : (properties.get(property) ?? '');
  return clientFindings(name, told.includes('$(') ? '' : told, { environment, line: item.line });
}
