import { type Document, isMap, isScalar, YAMLMap, YAMLSeq } from 'yaml';
import { digestOf } from '../drift/lines-of-drift.ts';
import { isRuleId } from '../drift/rule-of-id.ts';
import type { Drift, Fact, Inspection } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { changeEntry, changeInWords, unnamedChanges } from './change-entry.ts';
import { findAnchor, type LinesOf } from './citation.ts';
import { comparable } from './comparable.ts';
import { offerOf, REDRAFTED } from './draft-map.ts';
import { grownDrift } from './grown-drift.ts';
import { knownIds } from './known-ids.ts';
import { mark } from './mark.ts';
import { movedEntries } from './moved-entries.ts';
import type { Citation, Drafted, ParityMap, RecordedDrift, RegisterEntry } from './parity-map.ts';
import { COMMENTS, PRINTING } from './print-map.ts';
import { isGap, type MapFile } from './read-map.ts';
import { settingChangeInWords, settingChanges, versionChanges } from './settings.ts';

export interface Merged {
  /** The YAML, comments kept. */
  text: string;
  /** What is new, changed or gone, one line each. */
  notes: string[];
}

/**
 * Brings an existing parity map up to a fresh draft. What people wrote stays, and what they deleted of an earlier draft stays deleted; a gap
 * takes what the draft knows by now; lines of citations follow their text. Where a registered difference changed its values or reaches other
 * environments, id, title, severity and both behaviours follow. An entry whose difference is gone stays. Both are marked above the entry,
 * and told in the notes.
 */
export function mergeMap(
  existing: MapFile,
  fresh: ParityMap,
  linesOf: LinesOf,
  inspection: Pick<Inspection, 'drift' | 'facts' | 'environments'>,
): Merged {
  const merge = new Merge(existing, linesOf);
  merge.oneSided(inspection);
  merge.moved(inspection.drift);
  merge.grown(inspection);
  merge.environments(fresh);
  merge.truthSources(fresh);
  merge.surfaces(fresh, inspection.facts);
  merge.register(fresh);
  merge.decisions(fresh);
  merge.openRisks(fresh);
  merge.drafted(fresh, inspection.facts);
  return { text: existing.document.toString(PRINTING), notes: merge.notes };
}

const NO_SUCH_DIFFERENCE = 'the inspection finds no such difference any more; remove the entry';
const CALLED = { register: 'register', openRisks: 'open risk' } as const;

type ListKey = 'environments' | 'productionTruth' | 'surfaces' | 'register' | 'decisions' | 'openRisks';

class Merge {
  readonly notes: string[] = [];
  private readonly renamed = new Set<string>();
  private readonly document: Document;
  private readonly map: ParityMap;
  private readonly offered: ReadonlySet<string>;
  private readonly recorded: ReadonlyMap<string, RecordedDrift>;
  private readonly linesOf: LinesOf;

  constructor(existing: MapFile, linesOf: LinesOf) {
    this.document = existing.document;
    // A copy: ids are renamed in it before entries are matched by them.
    this.map = structuredClone(existing.map);
    this.offered = new Set(existing.map.drafted?.offered);
    this.recorded = new Map((existing.map.drafted?.drift ?? []).map((each) => [each.id, each]));
    this.linesOf = linesOf;
  }

  /** What one environment alone gained or lost since the last draft becomes an entry to decide on. */
  oneSided(inspection: Pick<Inspection, 'drift' | 'facts' | 'environments'>): void {
    for (const change of unnamedChanges(inspection, this.map)) {
      this.append('register', changeEntry(change));
      this.notes.push(`new: register ${change.id}: ${changeInWords(change)}`);
    }
  }

  /** Entries whose difference reaches other environments than it did keep what people wrote, under its new id. */
  moved(drift: readonly Drift[]): void {
    for (const { from, to, gained, lost } of movedEntries(knownIds(this.map), drift)) {
      const lists = (['register', 'openRisks'] as const).flatMap((list) =>
        this.map[list].flatMap((own, index) => (from.includes(own.id) ? [{ list, own, index }] : [])),
      );
      const [first] = lists;
      if (!first) continue;
      const { list, own, index } = first;
      const how = [
        ...(gained.length > 0 ? [`it holds for ${gained.join(', ')} too`] : []),
        ...(lost.length > 0 ? [`no more for ${lost.join(', ')}`] : []),
      ].join(', and ');
      const text = `was ${own.id}; ${how}; check that what is written here still holds`;
      this.notes.push(`changed: ${CALLED[list]} ${to.id}: ${text}`);
      mark(this.document, [list, index], 'changed', text);
      this.set([list, index, 'id'], to.id);
      this.set([list, index, 'title'], to.title);
      if (list === 'register') this.set([list, index, 'severity'], to.severity);
      own.id = to.id;
      own.title = to.title;
      this.renamed.add(to.id);
    }
  }

  /** Entries whose difference rests on more lines than it did: nobody has decided on those. */
  grown(inspection: Pick<Inspection, 'drift' | 'facts'>): void {
    for (const { drift: each, more, sides } of grownDrift(inspection, this.map)) {
      const where = sides.map((side) => `${side.evidence.path}:${side.evidence.line}`).join(', ');
      const text = `it rests on ${more} more line${more > 1 ? 's' : ''} than before${where ? ` (${where})` : ''}; check that what is written here holds for ${more > 1 ? 'them' : 'it'}`;
      this.notes.push(`changed: ${each.id}: ${text}`);
      for (const list of ['register', 'openRisks', 'dismissed'] as const) {
        const index = (this.map[list] ?? []).findIndex((own) => own.id === each.id);
        if (index !== -1) mark(this.document, [list, index], 'changed', text);
      }
    }
  }

  /** What this draft offered is remembered, and where things stand now. */
  drafted(fresh: ParityMap, facts: readonly Fact[]): void {
    if (!fresh.drafted) return;
    for (const change of versionChanges(comparable(this.map)?.versions ?? [], facts)) {
      this.notes.push(`changed: ${settingChangeInWords(change)} (${change.fact?.evidence.path ?? change.before.path})`);
    }
    const offered = [...new Set([...this.offered, ...fresh.drafted.offered])].sort(byCodeUnit);
    const now = { ...fresh.drafted, offered };
    if (JSON.stringify(now) !== JSON.stringify(this.map.drafted)) this.setDrafted(now);
  }

  private setDrafted(now: Drafted): void {
    const comment = this.map.drafted ? undefined : COMMENTS.drafted;
    if (this.map.drafted) this.document.set('drafted', this.document.createNode(now));
    else this.document.add(this.document.createPair('drafted', now));
    const pair = isMap(this.document.contents) ? this.document.contents.items.at(-1) : undefined;
    if (comment !== undefined && isScalar(pair?.key)) {
      pair.key.commentBefore = comment;
      pair.key.spaceBefore = true;
    }
  }

  environments(fresh: ParityMap): void {
    const known = this.map.environments;
    for (const [index, own] of known.entries()) {
      const now = fresh.environments.find((each) => each.name === own.name);
      if (!now) this.notes.push(`gone: environment ${own.name}: no file names it any more`);
      this.markGone('environments', index, now ? undefined : 'no file names this environment any more');
      this.citations(['environments', index], own.citations, now?.citations ?? [], 'if none are left');
    }
    for (const now of fresh.environments) {
      if (known.some((own) => own.name === now.name) || this.isDeleted('environments', now.name)) continue;
      this.append('environments', now);
      this.notes.push(`new: environment ${now.name}`);
    }
  }

  truthSources(fresh: ParityMap): void {
    for (const [index, own] of this.map.productionTruth.entries()) {
      const now = fresh.productionTruth.find((each) => each.source === own.source);
      this.citations(['productionTruth', index], own.citations, now?.citations ?? [], 'if none are left');
      if (now) this.fillGap(['productionTruth', index, 'says'], own.says, now.says);
    }
    for (const now of fresh.productionTruth) {
      if (this.map.productionTruth.some((own) => own.source === now.source)) continue;
      if (this.isDeleted('productionTruth', now.source)) continue;
      this.append('productionTruth', now);
      this.notes.push(`new: production truth source ${now.source}`);
    }
  }

  surfaces(fresh: ParityMap, facts: readonly Fact[]): void {
    const changes = settingChanges(comparable(this.map)?.settings ?? [], facts);
    for (const [index, own] of this.map.surfaces.entries()) {
      const changed = changes.filter((each) => each.before.surface === own.surface).map(settingChangeInWords);
      if (changed.length > 0) {
        const text = `${changed.join('; ')}; check what is written here`;
        mark(this.document, ['surfaces', index], 'changed', text);
        this.notes.push(`changed: surface ${own.surface}: ${text}`);
      }
      const now = fresh.surfaces.find((each) => each.surface === own.surface);
      this.citations(['surfaces', index], own.citations, now?.citations ?? [], 'if none are left');
      for (const [at, environment] of own.environments.entries()) {
        const same = now?.environments.find((each) => each.name === environment.name);
        this.citations(
          ['surfaces', index, 'environments', at],
          environment.citations ?? [],
          same?.citations ?? [],
          'if none are left',
        );
      }
      if (!now) continue;
      for (const key of ['production', 'risk', 'fix', 'owner'] as const) {
        this.fillGap(['surfaces', index, key], own[key], now[key]);
      }
      this.fillGap(['surfaces', index, 'guard', 'what'], own.guard.what, now.guard.what);
      for (const environment of now.environments) {
        if (own.environments.some((each) => each.name === environment.name)) continue;
        this.appendTo(['surfaces', index, 'environments'], environment);
        this.notes.push(`new: ${environment.name} on surface ${own.surface}`);
      }
    }
    for (const now of fresh.surfaces) {
      if (this.map.surfaces.some((own) => own.surface === now.surface)) continue;
      if (this.isDeleted('surfaces', now.surface)) continue;
      this.append('surfaces', now);
      this.notes.push(`new: surface ${now.surface}`);
    }
  }

  register(fresh: ParityMap): void {
    const found = [...fresh.register, ...fresh.openRisks];
    for (const [index, own] of this.map.register.entries()) {
      const now = fresh.register.find((each) => each.id === own.id);
      // A citation that somebody took out stays out, until the difference is another one.
      const isAsDrafted = now !== undefined && this.recorded.get(own.id)?.title === now.title;
      this.citations(
        ['register', index],
        own.citations,
        now?.citations ?? [],
        isAsDrafted ? 'if none are left' : 'always',
      );
      const isGone = isRuleId(own.id) && !found.some((each) => each.id === own.id);
      this.markGone('register', index, isGone ? NO_SUCH_DIFFERENCE : undefined);
      if (now) this.registerEntry(index, own, now);
      else if (isGone) this.notes.push(`gone: register ${own.id}: ${NO_SUCH_DIFFERENCE}`);
    }
    for (const now of fresh.register) {
      if (this.knows(now.id)) continue;
      this.append('register', now);
      this.notes.push(`new: register ${now.id}`);
    }
  }

  decisions(fresh: ParityMap): void {
    for (const [index, own] of this.map.decisions.entries()) {
      this.citations(['decisions', index], own.citations, [], 'always');
    }
    for (const now of fresh.decisions) {
      if (this.map.decisions.some((own) => own.id === now.id) || this.isDeleted('decisions', now.id)) continue;
      this.append('decisions', now);
      this.notes.push(`new: decision ${now.id}`);
    }
  }

  openRisks(fresh: ParityMap): void {
    const found = [...fresh.register, ...fresh.openRisks];
    for (const [index, own] of this.map.openRisks.entries()) {
      const now = found.find((each) => each.id === own.id);
      const isQuestion = this.map.decisions.some((each) => each.id === own.id);
      const isGone = !now && !isQuestion && isRuleId(own.id);
      this.markGone('openRisks', index, isGone ? NO_SUCH_DIFFERENCE : undefined);
      if (isGone) this.notes.push(`gone: open risk ${own.id}: ${NO_SUCH_DIFFERENCE}`);
      const recorded = this.recorded.get(own.id);
      if (now && (!recorded || recorded.title === own.title)) this.set(['openRisks', index, 'title'], now.title);
    }
    for (const now of fresh.openRisks) {
      if (this.knows(now.id)) continue;
      this.append('openRisks', now);
      this.notes.push(`new: open risk ${now.id}`);
    }
  }

  private registerEntry(index: number, own: RegisterEntry, now: RegisterEntry): void {
    const keys = ['production', 'nonProduction', 'reason', 'risk', 'owner', 'reviewTrigger'] as const;
    for (const key of keys) this.fillGap(['register', index, key], own[key], now[key]);
    const recorded = this.recorded.get(own.id);
    const before = recorded?.title ?? own.title;
    if (before === now.title && !this.renamed.has(own.id)) return;
    const wrote = recorded?.wrote?.split(' ');
    for (const [at, key] of REDRAFTED.entries()) {
      const isTheirs = wrote !== undefined && wrote[at] !== digestOf(own[key]);
      if (!isTheirs && !isGap(now[key])) this.set(['register', index, key], now[key]);
    }
    if (this.renamed.has(own.id)) return;
    const text = `"${before}" is "${now.title}" now; check that its reason, risk and guard still hold`;
    this.notes.push(`changed: register ${own.id}: ${text}`);
    mark(this.document, ['register', index], 'changed', text);
  }

  private knows(id: string): boolean {
    return knownIds(this.map).has(id);
  }

  /** Whether an earlier draft put it into the map, from where somebody took it out. */
  private isDeleted(part: Parameters<typeof offerOf>[0], name: string): boolean {
    return this.offered.has(offerOf(part, name));
  }

  private markGone(list: ListKey, index: number, text: string | undefined): void {
    mark(this.document, [list, index], 'gone', text);
  }

  /** Moves lines to where the text stands now, drops what is stale where the draft has better, adds what the draft cites. */
  private citations(
    at: [ListKey, number, ...(string | number)[]],
    own: readonly Citation[],
    now: readonly Citation[],
    add: 'always' | 'if none are left',
  ): void {
    const kept: Citation[] = [];
    const dropped: number[] = [];
    for (const [index, citation] of own.entries()) {
      const anchor = findAnchor(citation, this.linesOf);
      if (anchor.state === 'moved') this.set([...at, 'citations', index, 'line'], anchor.line);
      if (anchor.state === 'stale' && now.some((each) => each.path === citation.path)) dropped.push(index);
      else kept.push(citation);
      if (anchor.state === 'stale' && !dropped.includes(index)) {
        this.notes.push(`stale: ${citation.path}:${citation.line}, cited under ${at[0]}: ${anchor.reason}`);
      }
    }
    for (const index of dropped.toReversed()) this.document.deleteIn([...at, 'citations', index]);
    if (add === 'if none are left' && kept.length > 0) return;
    for (const citation of now) {
      if (kept.some((each) => each.path === citation.path && each.text === citation.text)) continue;
      this.appendTo([...at, 'citations'], citation);
    }
  }

  private fillGap(path: (string | number)[], own: string, now: string): void {
    if (isGap(own) && !isGap(now)) this.set(path, now);
  }

  private set(path: (string | number)[], value: string | number): void {
    const node: unknown = this.document.getIn(path, true);
    // The node keeps its comment and its quotes; a value in its place would not.
    if (isScalar(node)) {
      if (node.value !== value) node.value = value;
    } else this.document.setIn(path, value);
  }

  private append(key: ListKey, value: object): void {
    this.appendTo([key], value);
  }

  private appendTo(path: (string | number)[], value: object): void {
    const list: unknown = this.document.getIn(path, true);
    if (!(list instanceof YAMLSeq)) return;
    const node = this.document.createNode(value);
    if (path.length === 1 && list.items.length > 0 && node instanceof YAMLMap) node.spaceBefore = true;
    // An empty list is written `[]`; with entries it is a block like the others.
    if (list.items.length === 0) list.flow = false;
    list.add(node);
  }
}
