import vocabulary from '../../resources/agents.json' with { type: 'json' };
import type { Placement } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';

/** Every folder that an agent reads a project's skills from, from the repository's root. */
export const projectSkillFolders: ReadonlySet<string> = new Set(vocabulary.agents.flatMap((agent) => agent.project));

/** Every folder of a user or a machine that agents read skills from; `~` is the home folder. */
export const globalSkillFolders: readonly string[] = [
  ...new Set(vocabulary.agents.flatMap((agent) => agent.global)),
].sort(byCodeUnit);

/** The folders to choose from where a repository does not decide: those it has marks of, then the two that most agents read. */
export function foldersToOffer({ candidates, ignored = [] }: Pick<Placement, 'candidates' | 'ignored'>): string[] {
  return [...new Set([...candidates.map((each) => each.skillsDir), '.claude/skills', '.agents/skills'])]
    .filter((folder) => !ignored.includes(folder))
    .slice(0, 4);
}

interface FolderInUse {
  folder: string;
  /** The SKILL.md of each skill in it, sorted. */
  skills: string[];
}

/**
 * Where the generated skill belongs, told by a repository's file list alone: where a parity skill already stands, else the one
 * skills folder in use, else the folder of the one agent that left its marks. `skillsDir` is `null` where none or several would do.
 * Folders that git ignores are never it.
 */
export function decidePlacement(files: readonly string[], ignored: ReadonlySet<string> = new Set()): Placement {
  const inUse = foldersInUse(files).filter(({ folder }) => !ignored.has(folder));
  const candidates = (inUse.length > 0 ? inUse.map(usedCandidate) : markedCandidates(files)).filter(
    ({ skillsDir }) => !ignored.has(skillsDir),
  );
  const passedOver = [...ignored].sort(byCodeUnit);
  const decide = (skillsDir: string | null, reason: string): Placement => ({
    skillsDir,
    reason: passedOver.length > 0 ? `${reason} Git ignores ${listed(passedOver)}.` : reason,
    candidates,
    ...(passedOver.length > 0 ? { ignored: passedOver } : {}),
  });

  const withParity = inUse.filter(({ skills }) => skills.some((path) => /-production-parity\/SKILL\.md$/.test(path)));
  const [parity] = withParity;
  if (parity && withParity.length === 1 && inUse.length > 1) {
    return decide(
      parity.folder,
      `${parity.folder} is the one skills folder that holds a production-parity skill already.`,
    );
  }
  const [used] = inUse;
  if (used && inUse.length === 1) {
    return decide(used.folder, `${used.folder} is the one skills folder in use (${used.skills[0]}).`);
  }
  if (used) {
    return decide(
      null,
      `Several skills folders are in use (${listed(inUse.map(({ folder }) => folder))}): ask which one.`,
    );
  }
  const folders = [...new Set(candidates.map(({ skillsDir }) => skillsDir))];
  const [marked] = candidates;
  if (marked && folders.length === 1) {
    return decide(
      marked.skillsDir,
      `No skills folder is in use, and ${marked.evidence} is of ${marked.agent}, which reads ${marked.skillsDir}.`,
    );
  }
  if (marked)
    return decide(
      null,
      `No skills folder is in use, and several agents left marks (${listed(folders)}): ask which one.`,
    );
  return decide(null, 'No skills folder is in use and no agent left a mark: ask where the skill goes.');
}

function foldersInUse(files: readonly string[]): FolderInUse[] {
  const byFolder = new Map<string, string[]>();
  for (const path of files) {
    const [, folder] = /^(.+)\/[^/]+\/SKILL\.md$/.exec(path) ?? [];
    if (folder === undefined || !projectSkillFolders.has(folder)) continue;
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  return [...byFolder]
    .map(([folder, skills]) => ({ folder, skills: skills.sort(byCodeUnit) }))
    .sort((a, b) => b.skills.length - a.skills.length || byCodeUnit(a.folder, b.folder));
}

function usedCandidate({ folder, skills }: FolderInUse): Placement['candidates'][number] {
  const owner = vocabulary.agents.find((agent) => agent.project[0] === folder);
  const reader = owner ?? vocabulary.agents.find((agent) => agent.project.includes(folder));
  return { skillsDir: folder, agent: reader?.name ?? '', evidence: skills[0] ?? folder };
}

function markedCandidates(files: readonly string[]): Placement['candidates'] {
  const byStart = new Map<string, string[]>();
  for (const path of [...files].sort(byCodeUnit)) {
    const [start = ''] = path.split('/', 1);
    const own = byStart.get(start) ?? [];
    own.push(path);
    byStart.set(start, own);
  }
  return vocabulary.agents.flatMap((agent) => {
    const [skillsDir] = agent.project;
    const isMark = (path: string): boolean =>
      agent.markers.some((marker) => (marker.endsWith('/') ? path.startsWith(marker) : path === marker));
    const evidence = agent.markers
      .flatMap((marker) => byStart.get(marker.split('/', 1)[0] ?? '')?.find(isMark) ?? [])
      .sort(byCodeUnit)[0];
    return skillsDir !== undefined && evidence !== undefined ? [{ skillsDir, agent: agent.name, evidence }] : [];
  });
}

function listed(folders: readonly string[]): string {
  return folders.join(', ');
}
