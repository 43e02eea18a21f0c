import mustache from 'mustache';
import type { Severity } from '../model.ts';
import { codeSpan, inert } from '../output/markdown.ts';
import { UsageError } from '../usage-error.ts';
import { describe } from './describe.ts';
import { inShort } from './in-short.ts';
import { decisionsAbout, openDecisions } from './open-decisions.ts';
import { withMarks, withOwnText } from './own-text.ts';
import type { Citation, Decision, Guard, ParityMap, RegisterEntry, SurfaceEntry } from './parity-map.ts';
import { searchTerms } from './search-terms.ts';
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
/** What SKILL.md keeps to where shortening can do it: readers of agents cut longer files off, and it stays in their context. */
const GOOD_LINES = 250;
const GOOD_BYTES = 19_900;
const TITLES: { [surface: string]: string } = { config: 'Configuration' };

/** What of the map SKILL.md itself tells; `references/` hold all of it, whole. */
interface Form {
  /** The most characters of what production does on a surface, or a source says of it. */
  text: number;
  /** The most characters of a title, a fix, a question or a risk. */
  row: number;
  /** How many sources of production's truth are told. */
  truths: number;
  /** The severities of which entries of the register, and open risks, have a row. */
  entries: readonly Severity[];
  risks: readonly Severity[];
  /** The severities of the entries whose fix, or reason to stay, is told in the row. */
  fixes: readonly Severity[];
}

const EVERY: readonly Severity[] = ['high', 'medium', 'low'];
const WEIGHTY: readonly Severity[] = ['high', 'medium'];
const ALL = Number.POSITIVE_INFINITY;
const HIGH: readonly Severity[] = ['high'];
const WHOLE: Form = { text: ALL, row: ALL, truths: ALL, entries: EVERY, risks: EVERY, fixes: EVERY };

/** From the fullest to the shortest. */
const FORMS: readonly Form[] = [
  { text: 400, row: 300, truths: 12, entries: EVERY, risks: EVERY, fixes: EVERY },
  { text: 280, row: 220, truths: 12, entries: EVERY, risks: WEIGHTY, fixes: EVERY },
  { text: 200, row: 160, truths: 8, entries: EVERY, risks: HIGH, fixes: EVERY },
  { text: 160, row: 120, truths: 6, entries: EVERY, risks: HIGH, fixes: EVERY },
  { text: 140, row: 110, truths: 6, entries: EVERY, risks: HIGH, fixes: HIGH },
  { text: 120, row: 100, truths: 4, entries: EVERY, risks: [], fixes: HIGH },
  { text: 120, row: 100, truths: 4, entries: WEIGHTY, risks: [], fixes: HIGH },
  { text: 120, row: 90, truths: 4, entries: HIGH, risks: [], fixes: HIGH },
  { text: 100, row: 80, truths: 3, entries: HIGH, risks: [], fixes: HIGH },
  { text: 90, row: 80, truths: 3, entries: HIGH, risks: [], fixes: [] },
  { text: 90, row: 80, truths: 3, entries: [], risks: [], fixes: [] },
];

/** Risks told before all else. */
const MOST_RISKS = 4;
/** Entries named that have no row; the rest is counted. */
const MOST_OTHERS = 40;
/** Guards named; the rest is counted. */
const MOST_GUARDS = 12;
/** The application's own files: not what this skill says of them. */
const ELSEWHERE = "-- ':!*-production-parity/*'";
/** Lines named in a row of SKILL.md. */
const MOST_PLACES = 2;

/**
 * SKILL.md, and in `references/` the register and the surfaces whole. Made of the map alone, so that the two agree. `own` is what people
 * wrote below the generated parts of an earlier SKILL.md. Throws a UsageError where even the shortest form is over 500 lines.
 */
export function renderSkill(
  map: ParityMap,
  templates: Templates,
  own: ReadonlyMap<string, string> = new Map(),
): RenderedFile[] {
  const forms = FORMS.map((form) => () => withMarks(render(templates.skill, viewOf(map, form), templates)));
  const isGood = (text: string): boolean => lineCount(text) <= GOOD_LINES && Buffer.byteLength(text) <= GOOD_BYTES;
  const skill = firstOf(forms, isGood) ?? firstOf([...forms].reverse(), (text) => lineCount(text) <= MAX_LINES) ?? '';
  const content = withOwnText(skill, own);
  if (skill === '' || lineCount(content) > MAX_LINES) {
    throw new UsageError(
      `parity-map.yaml: SKILL.md would have more than ${MAX_LINES} lines even without the register; shorten productionTruth, decisions or what people wrote into it`,
    );
  }
  const whole = viewOf(map, WHOLE);
  return [
    { path: SKILL_FILE, content },
    { path: REGISTER_FILE, content: render(templates.register, whole, templates) },
    { path: SURFACES_FILE, content: render(templates.surfaces, whole, templates) },
  ];
}

/** The first of some renderings that is as it should be. */
function firstOf(forms: readonly (() => string)[], isGood: (text: string) => boolean): string | undefined {
  for (const rendered of forms) {
    const text = rendered();
    if (isGood(text)) return text;
  }
  return undefined;
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

/** An entry of the register with the name that the texts of the skill have for it: `R1` is the gravest. */
interface Named {
  ref: string;
  entry: RegisterEntry;
}

function viewOf(map: ParityMap, form: Form) {
  const { application, openRisks } = map;
  const checker = `${application.skill}/scripts/check-parity.mjs`;
  const isProduction = (each: { class: string }): boolean => each.class === 'production';
  const names = (wanted: boolean): string[] =>
    map.environments.filter((each) => isProduction(each) === wanted).map((each) => `**${inert(each.name)}**`);
  const guards = guardsOf(map);
  const named = bySeverity(map.register).map((entry, index) => ({ ref: `R${index + 1}`, entry }));
  const shown = named.filter(({ entry }) => form.entries.includes(entry.severity));
  const others = named.filter((each) => !shown.includes(each)).map(({ ref, entry }) => `${ref} ${codeSpan(entry.id)}`);
  const told = bySeverity(openRisks).filter((each) => form.risks.includes(each.severity));
  const highest = highestRisks(map, named, form);
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
    highest,
    hasHighest: highest.length > 0,
    environments: map.environments.map((each) => ({
      name: each.name,
      class: each.class,
      at: places(each.citations, MOST_PLACES),
    })),
    ...truthView(map, form),
    hasSurfaces: map.surfaces.length > 0,
    surfaces: map.surfaces.map((each) => surfaceView(map, each, named, form)),
    hasGuards: guards.length > 0,
    guards: guards.slice(0, MOST_GUARDS),
    moreGuards: Math.max(0, guards.length - MOST_GUARDS),
    hasRegister: named.length > 0,
    registerCount: named.length,
    shownNote: shownNote(form.entries, shown.length < named.length),
    entries: shown.map((each) => entryView(map, each, form)),
    others: inFew(others, MOST_OTHERS),
    hasOpenRisks: openRisks.length > 0,
    openRisks: told.map((each) => ({ ...each, title: inShort(each.title, form.row), id: codeSpan(each.id) })),
    movedRisks: openRisks.length - told.length,
    dismissedCount: (map.dismissed ?? []).length,
    dismissed: (map.dismissed ?? []).map((each) => ({ ...each, id: codeSpan(each.id) })),
    hasOwners: ownersOf(map).length > 0,
    owners: ownersOf(map),
    ...decisionsView(map, form),
  };
}

const RANK: { [severity in Severity]: number } = { high: 0, medium: 1, low: 2 };

function bySeverity<Entry extends { severity: Severity }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

function inFew(names: readonly string[], most: number): string {
  const more = names.length - most;
  return [...names.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function shownNote(severities: readonly Severity[], isPart: boolean): string {
  if (!isPart) return 'In short:';
  return severities.length === 0 ? '' : `The ${severities.join(' and ')} ones in short:`;
}

/** The gravest of what is registered and of what nobody has decided on. */
function highestRisks({ openRisks }: ParityMap, named: readonly Named[], form: Form) {
  const registered = named.map(({ ref, entry: { severity, title } }) => ({ severity, title, where: linkOf(ref) }));
  const ids = new Set(named.map(({ entry }) => entry.id));
  const open = openRisks.filter(({ id }) => !ids.has(id));
  return bySeverity([
    ...registered,
    ...open.map(({ severity, title, id }) => ({ severity, title, where: `open, ${codeSpan(id)}` })),
  ])
    .filter(({ severity }) => severity !== 'low')
    .slice(0, MOST_RISKS)
    .map((each) => ({ ...each, title: inShort(each.title, form.row) }));
}

/** Where the register tells an entry whole; its heading is the name alone. */
function linkOf(ref: string): string {
  return `[${ref}](${REGISTER_FILE}#${ref.toLowerCase()})`;
}

function truthView(map: ParityMap, form: Form) {
  const decided = new Map(map.decisions.map((each) => [each.id, each]));
  return {
    hasTruth: map.productionTruth.length > 0,
    truthInFull: `[${SURFACES_FILE}](${SURFACES_FILE}#production-truth-sources)`,
    moreTruth: Math.max(0, map.productionTruth.length - form.truths),
    truth: map.productionTruth.slice(0, form.truths).map((each) => {
      const answer = each.decision === undefined ? undefined : decided.get(each.decision);
      return {
        source: each.source,
        says: inShort(each.says, form.text),
        at: places(each.citations, form === WHOLE ? undefined : 1),
        decided: answer ? answeredBy(answer) : '',
      };
    }),
  };
}

function answeredBy({ by, date, assumed }: Decision): string {
  return assumed ? 'assumed, nobody has confirmed it' : `answered by ${by} on ${date}`;
}

function surfaceView(map: ParityMap, surface: SurfaceEntry, named: readonly Named[], form: Form) {
  const title = titleOf(surface.surface);
  const own = named.filter(({ entry }) => entry.surface === surface.surface);
  const terms = searchTerms(surface, map.register);
  const isWhole = form === WHOLE;
  return {
    title,
    // The sentences go on in the templates, which end them.
    production: inShort(withoutEnd(surface.production), form.text),
    risk: inShort(withoutEnd(surface.risk), form.row),
    environments: surface.environments.map(({ name, representation, citations = [] }) => ({
      name,
      representation,
      at: places(citations),
    })),
    openDecisions: decisionsAbout(openDecisions(map), surface).map((each) => decisionView(each, form)),
    guard: guardInWords(surface.guard),
    fix: surface.fix,
    owner: surface.owner,
    differences: own.map(({ ref, entry }) => (isWhole ? codeSpan(entry.id) : ref)).join(', '),
    search:
      terms.length > 0 ? codeSpan(`git grep -n -F ${terms.map((term) => `-e ${term}`).join(' ')} ${ELSEWHERE}`) : '',
    at: places(isWhole ? surface.citations : oneAFile(surface.citations), isWhole ? undefined : MOST_PLACES),
  };
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/\.\s*$/, '');
}

/** What people have answered is settled; what was assumed, or nobody knew, is to be asked as soon as there is somebody to ask. */
function decisionsView(map: ParityMap, form: Form) {
  const open = openDecisions(map);
  const settled = map.decisions.filter((each) => !open.includes(each));
  return {
    decisions: settled.map((each) => decisionView(each, form)),
    hasDecisions: settled.length > 0,
    openDecisions: open.map((each) => decisionView(each, form)),
    hasOpenDecisions: open.length > 0,
    openDecisionCount: `${open.length} ${open.length === 1 ? 'question is' : 'questions are'} open`,
  };
}

function decisionView(each: Decision, form: Form) {
  const { id, question, answer, by, date, settles, citations, assumed } = each;
  return {
    id: codeSpan(id),
    question: inShort(question, form.row),
    /** The question itself, without what raises it. */
    asked: inShort(question.replace(/(?<=\?) .*$/s, ''), form.row),
    answer: `${assumed ? 'Assumed: ' : ''}${inShort(withoutEnd(answer), form.row)}`,
    by,
    date,
    settles: withoutEnd(settles),
    at: places(citations),
  };
}

function titleOf(surface: string): string {
  return TITLES[surface] ?? `${surface.charAt(0).toUpperCase()}${surface.slice(1)}`;
}

/** Citations as `path:line`, each once; of more than `most` the first. */
function places(citations: readonly Citation[], most?: number): string {
  return [...new Set(citations.map((each) => codeSpan(`${each.path}:${each.line}`)))].slice(0, most).join(', ');
}

/** The first citation of each file. */
function oneAFile(citations: readonly Citation[]): Citation[] {
  return citations.filter(({ path }, index) => citations.findIndex((other) => other.path === path) === index);
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

function entryView(map: ParityMap, { ref, entry }: Named, form: Form) {
  const { surface, severity, title, intent, production, nonProduction, reason, risk, owner, reviewTrigger } = entry;
  const open = decisionsAbout(openDecisions(map), entry);
  return {
    ...{ ref, surface, severity, intent, production, nonProduction, reason, risk, owner, reviewTrigger },
    title: inShort(title, form.row),
    id: codeSpan(entry.id),
    subject: codeSpan(entry.subject),
    openDecisions: open.map((each) => decisionView(each, form)),
    waits: open.map((each) => codeSpan(each.id)).join(', '),
    guard: guardInWords(entry.guard),
    fix: intent === 'mend' && form.fixes.includes(severity) ? inShort(withoutEnd(fixOf(map, entry)), form.row) : '',
    stays: intent === 'keep' && form.fixes.includes(severity) ? inShort(withoutEnd(reason), form.row) : '',
    at: places(entry.citations),
  };
}

function fixOf(map: ParityMap, entry: RegisterEntry): string {
  const ofSurface = map.surfaces.find((each) => each.surface === entry.surface)?.fix;
  return entry.fix ?? ofSurface ?? `Move the other environments to production: ${entry.production}`;
}

function ownersOf(map: ParityMap): { owner: string; surfaces: string }[] {
  const byOwner = new Map<string, Set<string>>();
  for (const { owner, surface } of [...map.surfaces, ...map.register]) {
    byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(surface));
  }
  return [...byOwner].map(([owner, surfaces]) => ({ owner, surfaces: [...surfaces].join(', ') }));
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
