import { parseImage } from '../../services/subject.ts';
import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import type { Finding } from '../reader.ts';
import { imageFindings } from './image-findings.ts';
import type { ProgramText } from './source.ts';

/** How tests start containers of their own: Testcontainers in its languages. The group is the image. */
const STARTED =
  /(?:\b\w{0,40}Container(?:<[^<>\n]{0,40}>)?\(|\bDockerImageName\s{0,40}\.parse\(|\bnew [A-Z]\w{1,30}Builder\(|\.(?:WithImage|withImage)\(|\b\w{1,30}\.Run(?:Container)?\(\s{0,10}\w{1,20},|\bImage\s{0,4}[:=])\s{0,40}"(?<image>[\w./-]{2,100}:[\w.-]{1,60})"|\bGenericImage::new\(\s{0,10}"(?<name>[\w./-]{2,100})"\s{0,4},\s{0,10}"(?<tag>[\w.-]{1,60})"/g;

/** Whether a text may start containers. */
export function mayStartContainers(file: Searched): boolean {
  return matchesIn(file, STARTS);
}

const STARTS = sought(/Container|GenericImage|DockerImageName|Testcontainers/);

/** The services that tests start as containers, with their versions. Images that the vocabulary does not know are left out. */
export function startedContainers(program: ProgramText): Finding[] {
  return [...program.text.matchAll(STARTED)].flatMap((match) => {
    const { image, name, tag } = match.groups ?? {};
    const reference = image ?? `${name}:${tag}`;
    if (!program.isCode(match.index) || !parseImage(reference).known) return [];
    // A field of a struct in Go is as often data of the test.
    if (program.language === 'go' && match[0].startsWith('Image') && !/testcontainers|dockertest/.test(program.text))
      return [];
    return imageFindings(reference, { environment: 'test', class: 'test', line: program.line(match.index) });
  });
}
