import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { byCodeUnit } from '../output/json.ts';
import { readTextFile } from '../repository/read-file.ts';
import { MAX_LINE_LENGTH, SyntaxProblem } from '../syntax/limits.ts';
import { splitLines } from '../syntax/lines.ts';
import { type MarkdownLine, readMarkdown } from '../syntax/markdown.ts';
import { UsageError } from '../usage-error.ts';
import { assertMapText } from './assert-map-text.ts';
import { constructsOf } from './plain-yaml.ts';
import { type Frontmatter, readFrontmatter } from './read-frontmatter.ts';
import { type MapFile, readMap } from './read-map.ts';
import { MAP_FILE, SKILL_FILE } from './skill-files.ts';

/** A generated skill, read whole. Paths are from its folder, with `/`. */
export interface Skill {
  /** Absolute, links resolved; never printed into an output. */
  dir: string;
  /** The folder's own name. */
  name: string;
  /** Every regular file, sorted. */
  files: string[];
  /** Links, devices and unreadable texts, with the reason. */
  irregular: { path: string; reason: string }[];
  frontmatter: Frontmatter;
  /** How many lines SKILL.md has. */
  lineCount: number;
  /** SKILL.md below its frontmatter, with its own line numbers. */
  body: MarkdownLine[];
  /** `body`, and the Markdown files of `references/`. */
  texts: { path: string; lines: MarkdownLine[] }[];
  /** The map; where it cannot be read, what is wrong with it. */
  map: { file: MapFile; problem: null } | { file: null; problem: { line: number; message: string } };
}

const MAX_FILES = 2000;
const MAX_FOLDERS_DEEP = 8;

/** Reads a skill's folder. Throws a UsageError where there is none, or no SKILL.md in it; everything else is for the checks to tell. */
export function readSkill(folder: string): Skill {
  const dir = resolveFolder(folder);
  const { files, irregular } = listSkillFiles(dir);
  const read = (path: string) => readTextFile(join(dir, path));
  const skillText = files.includes(SKILL_FILE) ? read(SKILL_FILE) : undefined;
  if (!skillText) throw new UsageError(`${folder}: no ${SKILL_FILE} in it; give the folder that generate wrote`);
  if (!skillText.ok) throw new UsageError(`${folder}/${SKILL_FILE}: ${skillText.reason}; generate the skill again`);
  const lines = linesOf(SKILL_FILE, skillText.text, irregular);
  const frontmatter = readFrontmatter(lines);
  const body = readMarkdown(lines.slice(frontmatter.endLine), frontmatter.endLine + 1);
  const references = files.filter((path) => /^references\/.*\.md$/i.test(path));
  const texts = [{ path: SKILL_FILE, lines: body }];
  for (const path of references) {
    const file = read(path);
    if (file.ok) texts.push({ path, lines: readMarkdown(linesOf(path, file.text, irregular)) });
    else irregular.push({ path, reason: file.reason });
  }
  return {
    dir,
    name: basename(dir),
    files,
    irregular,
    frontmatter,
    lineCount: lines.at(-1) === '' ? lines.length - 1 : lines.length,
    body,
    texts,
    map: readSkillMap(files.includes(MAP_FILE) ? read(MAP_FILE) : undefined),
  };
}

/** The lines of a text. What is too long for a pattern to be tried on is cut, and named. */
function linesOf(path: string, text: string, irregular: Skill['irregular']): string[] {
  const lines = splitLines(text);
  if (lines.every((line) => line.length <= MAX_LINE_LENGTH)) return lines;
  irregular.push({ path, reason: `a line longer than ${MAX_LINE_LENGTH} characters` });
  return lines.map((line) => line.slice(0, MAX_LINE_LENGTH));
}

function resolveFolder(folder: string): string {
  let dir: string;
  try {
    dir = realpathSync(folder);
  } catch {
    throw new UsageError(`${folder}: no such folder; give the generated skill's folder`);
  }
  if (!lstatSync(dir).isDirectory()) {
    throw new UsageError(`${folder}: a file, not a folder; give the folder that holds ${SKILL_FILE}`);
  }
  return dir;
}

function listSkillFiles(dir: string): Pick<Skill, 'files' | 'irregular'> {
  const files: string[] = [];
  const irregular: { path: string; reason: string }[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const each of readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? each.name : `${folder}/${each.name}`;
      if (each.isSymbolicLink()) irregular.push({ path, reason: 'a symbolic link' });
      else if (each.isFile()) files.push(path);
      else if (!each.isDirectory()) irregular.push({ path, reason: 'not a regular file' });
      else if (path.split('/').length > MAX_FOLDERS_DEEP) irregular.push({ path, reason: 'folders nested too deeply' });
      else folders.push(path);
    }
    if (files.length > MAX_FILES)
      throw new UsageError(`${dir}: more than ${MAX_FILES} files; this is no generated skill`);
  }
  return { files: files.sort(byCodeUnit), irregular: irregular.sort((a, b) => byCodeUnit(a.path, b.path)) };
}

function readSkillMap(file: ReturnType<typeof readTextFile> | undefined): Skill['map'] {
  const broken = (line: number, message: string): Skill['map'] => ({ file: null, problem: { line, message } });
  if (!file) return broken(1, 'no parity map');
  if (!file.ok) return broken(1, `the parity map is ${file.reason}`);
  try {
    assertMapText(file.text);
    const starts = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*---[ \t]*\r?(?:\n|$)/.test(file.text) ? 1 : 0;
    const constructs = constructsOf(file.text);
    const [construct] = [
      ...constructs.filter(({ kind }) => kind === 'tag' || kind === 'directive'),
      ...constructs.filter(({ kind }) => kind === 'second document').slice(starts),
    ];
    if (construct) return broken(construct.line, `a YAML ${construct.kind} in the parity map`);
    return { file: readMap(file.text, MAP_FILE), problem: null };
  } catch (error) {
    if (error instanceof SyntaxProblem) return broken(error.line, error.message);
    if (!(error instanceof UsageError)) throw error;
    const [, line, message] = /^parity-map\.yaml:(\d+): (.*)$/s.exec(error.message) ?? [];
    // The mend that the message ends with is the finding's own.
    return broken(Number(line ?? 1), (message ?? error.message).replace(/; [^;]*$/, ''));
  }
}
