import mustache from 'mustache';
import type { Severity } from '../model.ts';
import { codeSpan, inert } from '../output/markdown.ts';
import { cut } from '../output/text.ts';
import { UsageError } from '../usage-error.ts';
import { describe } from './describe.ts';
import { withMarks, withOwnText } from './own-text.ts';
import type { Citation, Guard, ParityMap, RegisterEntry } from './parity-map.ts';
import { REGISTER_FILE, SKILL_FILE, SURFACES_FILE } from './skill-files.ts';

/** The texts of `templates/`, without their ending. */
export interface Templates {
  skill: string;
  entry: string;
  register: string;
  surface: string;
  surfaces: string;
}

/** A file of the generated skill. `path` from the skill's folder. */
export interface RenderedFile {
  path: string;
  content: string;
}

/** Agents read SKILL.md whole: never more lines than this. */
const MAX_LINES = 500;
/** What SKILL.md keeps to where moving detail into `references/` can do it: it stays in an agent's context throughout its work. */
const GOOD_LINES = 250;
const TITLES: { [surface: string]: string } = { config: 'Configuration' };

/** What of the map SKILL.md itself tells; the rest stands in `references/`. */
interface Form {
  /** Entries of the register told in short, by severity; `undefined`: all of it in place, with all fields. */
  register?: readonly Severity[];
  surfaces: 'in place' | 'in references';
  openRisks: readonly Severity[];
}

const EVERY: readonly Severity[] = ['high', 'medium', 'low'];

/** From the fullest to the shortest. */
const FORMS: readonly Form[] = [
  { surfaces: 'in place', openRisks: EVERY },
  { register: EVERY, surfaces: 'in place', openRisks: EVERY },
  { register: EVERY, surfaces: 'in place', openRisks: ['high', 'medium'] },
  { register: ['high'], surfaces: 'in place', openRisks: ['high', 'medium'] },
  { register: EVERY, surfaces: 'in references', openRisks: ['high', 'medium'] },
  { register: ['high'], surfaces: 'in references', openRisks: ['high'] },
  { register: [], surfaces: 'in references', openRisks: [] },
];

/**
 * SKILL.md, and in `references/` what does not fit into it. Made of the map alone, so that the two agree. `own` is what people wrote below
 * the generated parts of an earlier SKILL.md. Throws a UsageError where even the shortest form is over 500 lines.
 */
export function renderSkill(
  map: ParityMap,
  templates: Templates,
  own: ReadonlyMap<string, string> = new Map(),
): RenderedFile[] {
  const forms = FORMS.map((form) => () => renderForm(map, templates, form));
  const good = firstWithin(forms, GOOD_LINES) ?? firstWithin([...forms].reverse(), MAX_LINES);
  const [skill, ...references] = good ?? [];
  if (skill) {
    const content = withOwnText(skill.content, own);
    if (lineCount(content) <= MAX_LINES) return [{ ...skill, content }, ...references];
  }
  throw new UsageError(
    `parity-map.yaml: SKILL.md would have more than ${MAX_LINES} lines even without the register; shorten productionTruth, decisions or what people wrote into it`,
  );
}

/** The first of some renderings whose SKILL.md has at most so many lines. */
function firstWithin(forms: readonly (() => RenderedFile[])[], lines: number): RenderedFile[] | undefined {
  for (const render of forms) {
    const files = render();
    if (lineCount(files[0]?.content ?? '') <= lines) return files;
  }
  return undefined;
}

function renderForm(map: ParityMap, templates: Templates, form: Form): RenderedFile[] {
  const { register = [], openRisks } = map;
  const view = viewOf(map);
  const shown =
    form.register === undefined ? register : register.filter((each) => form.register?.includes(each.severity));
  const told = openRisks.filter((each) => form.openRisks.includes(each.severity));
  const moved = openRisks.filter((each) => !told.includes(each));
  const skill = render(
    templates.skill,
    {
      ...view,
      inPlace: form.register === undefined,
      shown: shown.map(entryView),
      shownNote: shownNote(form.register ?? [], shown.length),
      surfacesInPlace: form.surfaces === 'in place',
      openRisks: told.map(riskView),
      hasToldRisks: told.length > 0,
      movedRisks: moved.length,
      hasMovedRisks: moved.length > 0,
      ...fixesView(map, form.register === undefined ? register : register.filter((each) => each.severity === 'high')),
    },
    templates,
  );
  const files = [{ path: SKILL_FILE, content: withMarks(skill) }];
  if (form.register !== undefined || moved.length > 0) {
    const movedRisks = moved.map(riskView);
    const content = render(
      templates.register,
      { ...view, inReference: true, movedRisks, hasMovedRisks: moved.length > 0 },
      templates,
    );
    files.push({ path: REGISTER_FILE, content });
  }
  if (form.surfaces === 'in references') {
    files.push({ path: SURFACES_FILE, content: render(templates.surfaces, { ...view, inReference: true }, templates) });
  }
  return files;
}

function shownNote(severities: readonly Severity[], shown: number): string {
  if (shown === 0) return '';
  return severities.length === EVERY.length ? 'In short:' : `The ${severities.join(' and ')} ones in short:`;
}

function riskView(each: ParityMap['openRisks'][number]) {
  return { ...each, id: codeSpan(each.id) };
}

/** The one place where values meet Markdown: `{{ }}` makes them inert, `{{{ }}}` takes what is Markdown of ours already. */
function render(template: string, view: object, templates: Templates): string {
  const text = mustache.render(
    template,
    view,
    { entry: templates.entry, surface: templates.surface },
    { escape: (value) => inert(String(value)) },
  );
  return `${text.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}

function viewOf(map: ParityMap) {
  const { application, register, decisions } = map;
  const checker = `${application.skill}/scripts/check-parity.mjs`;
  const isProduction = (each: { class: string }): boolean => each.class === 'production';
  const names = (wanted: boolean): string[] =>
    map.environments.filter((each) => isProduction(each) === wanted).map((each) => `**${inert(each.name)}**`);
  const truthFiles = filesOf(map.productionTruth.flatMap((each) => each.citations));
  const guards = guardsOf(map);
  const decided = new Map(decisions.map((each) => [each.id, each]));
  return {
    skillName: `${application.name}-production-parity`,
    description: JSON.stringify(describe(map)),
    app: codeSpan(application.name),
    folder: application.path === '.' ? '' : codeSpan(application.path),
    productionEnvironments: listed(names(true)) || 'production',
    does: names(true).length > 1 ? 'do' : 'does',
    otherEnvironments: listed(names(false)) || 'every other environment',
    mapPath: codeSpan(`${application.skill}/parity-map.yaml`),
    map: '`parity-map.yaml`',
    checker,
    command: codeSpan(`node ${checker}`),
    environments: map.environments.map((each) => ({ name: each.name, class: each.class, at: places(each.citations) })),
    hasTruth: map.productionTruth.length > 0,
    truth: map.productionTruth.map((each) => {
      const answer = each.decision === undefined ? undefined : decided.get(each.decision);
      return {
        source: each.source,
        says: each.says,
        at: places(each.citations),
        decided: answer ? `answered by ${answer.by} on ${answer.date}` : '',
      };
    }),
    hasTruthFiles: truthFiles.length > 0,
    surfaces: map.surfaces.map((each) => ({
      ...each,
      title: titleOf(each.surface),
      // The sentences go on in the templates, which end them.
      production: withoutEnd(each.production),
      risk: withoutEnd(each.risk),
      environments: each.environments.map(({ name, representation, citations = [] }) => ({
        name,
        representation,
        at: places(citations),
      })),
      guard: guardInWords(each.guard),
      differences: inShort(register.filter((entry) => entry.surface === each.surface).map(({ id }) => codeSpan(id))),
      at: places(each.citations),
    })),
    surfaceFiles: map.surfaces.flatMap((each) => {
      const own = register.filter((entry) => entry.surface === each.surface);
      const files = filesOf([each, ...own].flatMap((part) => part.citations));
      return files.length > 0
        ? [{ surface: titleOf(each.surface), files: files.slice(0, 5).map(codeSpan).join(', ') }]
        : [];
    }),
    search: searchFor(register),
    hasGuards: guards.length > 0,
    guards,
    hasRegister: register.length > 0,
    registerCount: register.length,
    register: register.map(entryView),
    hasDismissed: (map.dismissed ?? []).length > 0,
    dismissed: (map.dismissed ?? []).map((each) => ({ ...each, id: codeSpan(each.id) })),
    hasOpenRisks: map.openRisks.length > 0,
    hasOwners: ownersOf(map).length > 0,
    owners: ownersOf(map),
    ...decisionsView(decisions),
  };
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/\.\s*$/, '');
}

/** Ids named of one surface; the rest is counted. */
const MAX_IDS = 6;

function inShort(ids: readonly string[]): string {
  const more = ids.length - MAX_IDS;
  return [...ids.slice(0, MAX_IDS), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** What people have answered is settled; what was assumed is to be asked as soon as there is somebody to ask. */
function decisionsView(decisions: ParityMap['decisions']) {
  const view = (each: ParityMap['decisions'][number]) => ({
    ...each,
    settles: withoutEnd(each.settles),
    at: places(each.citations),
  });
  const settled = decisions.filter((each) => !each.assumed).map(view);
  const assumed = decisions.filter((each) => each.assumed).map(view);
  return { decisions: settled, hasDecisions: settled.length > 0, assumed, hasAssumed: assumed.length > 0 };
}

function titleOf(surface: string): string {
  return TITLES[surface] ?? `${surface.charAt(0).toUpperCase()}${surface.slice(1)}`;
}

function places(citations: readonly Citation[]): string {
  return [...new Set(citations.map((each) => codeSpan(`${each.path}:${each.line}`)))].join(', ');
}

function filesOf(citations: readonly Citation[]): string[] {
  return [...new Set(citations.map((each) => each.path))];
}

function guardInWords(guard: Guard): string {
  if (guard.kind === 'none') return `none; it should be: ${inert(guard.what)}`;
  return `${guard.kind}: ${inert(guard.what)}${guard.path ? ` (${codeSpan(guard.path)})` : ''}`;
}

function guardsOf(map: ParityMap): { path: string; kind: string; what: string }[] {
  const guards = [...map.surfaces, ...map.register].map((each) => each.guard);
  return guards
    .flatMap(({ path, kind, what }) =>
      path === undefined || kind === 'none' ? [] : [{ path: codeSpan(path), kind, what }],
    )
    .filter((each, index, all) => all.findIndex((other) => other.path === each.path) === index);
}

function entryView(entry: RegisterEntry) {
  const { id, subject, guard, citations } = entry;
  return {
    ...entry,
    id: codeSpan(id),
    subject: codeSpan(subject),
    guard: guardInWords(guard),
    at: places(citations),
    fix: entry.fix ?? '',
  };
}

/** Fix patterns of some entries of the register: what is to be mended, and what stays. Of an empty register, how each surface is mended. */
function fixesView(map: ParityMap, entries: readonly RegisterEntry[]) {
  const surfaceFix = new Map(map.surfaces.map((each) => [each.surface, each.fix]));
  const ofEntry = (each: RegisterEntry) => ({
    subject: codeSpan(each.subject),
    fix: each.fix ?? surfaceFix.get(each.surface) ?? `Move the other environments to production: ${each.production}`,
    at: places(each.citations),
  });
  const ofSurface = (each: ParityMap['surfaces'][number]) => ({
    subject: titleOf(each.surface),
    fix: each.fix,
    at: places(each.citations),
  });
  const kept = entries.filter((each) => each.intent === 'keep');
  const isEmpty = map.register.length === 0;
  return {
    fixes: isEmpty ? map.surfaces.map(ofSurface) : entries.filter((each) => each.intent === 'mend').map(ofEntry),
    kept: kept.map((each) => ({ subject: codeSpan(each.subject), reason: each.reason })),
    restInRegister: entries.length < map.register.length,
    noFixes: isEmpty && map.surfaces.length === 0,
  };
}

function ownersOf(map: ParityMap): { owner: string; surfaces: string }[] {
  const byOwner = new Map<string, Set<string>>();
  for (const { owner, surface } of [...map.surfaces, ...map.register]) {
    byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(surface));
  }
  return [...byOwner].map(([owner, surfaces]) => ({ owner, surfaces: [...surfaces].join(', ') }));
}

/** A search for the subjects of the register; only plain words reach a shell. */
function searchFor(register: readonly RegisterEntry[]): string {
  const plain = [...new Set(register.map((each) => each.subject))].filter((word) => /^[A-Za-z_][\w.-]*$/.test(word));
  // A key is found where it stands; `login` and `java` are found everywhere.
  const keys = plain.filter((word) => /[A-Z._]/.test(word));
  const words = keys.length > 0 ? keys : plain;
  return words.length === 0
    ? ''
    : codeSpan(
        `git grep -n -F ${words
          .slice(0, 6)
          .map((word) => `-e ${cut(word, 60)}`)
          .join(' ')}`,
      );
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
