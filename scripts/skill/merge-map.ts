import { type Document, isScalar, YAMLMap, YAMLSeq } from 'yaml';
import { isRuleId } from '../drift/rule-of-id.ts';
import { findAnchor, type LinesOf } from './citation.ts';
import type { Citation, ParityMap, RegisterEntry } from './parity-map.ts';
import { PRINTING } from './print-map.ts';
import { isGap, type MapFile } from './read-map.ts';

export interface Merged {
  /** The YAML, comments kept. */
  text: string;
  /** What is new, changed or gone, one line each. */
  notes: string[];
}

/**
 * Brings an existing parity map up to a fresh draft. What people wrote stays; a gap takes what the draft knows by now; lines of citations
 * follow their text. Where the values of a registered difference changed, title, severity and both behaviours follow, and a note says so.
 * An entry whose difference is gone stays, and a note says so.
 */
export function mergeMap(existing: MapFile, fresh: ParityMap, linesOf: LinesOf): Merged {
  const merge = new Merge(existing, linesOf);
  merge.environments(fresh);
  merge.truthSources(fresh);
  merge.surfaces(fresh);
  merge.register(fresh);
  merge.decisions(fresh);
  merge.openRisks(fresh);
  return { text: existing.document.toString(PRINTING), notes: merge.notes };
}

type ListKey = 'environments' | 'productionTruth' | 'surfaces' | 'register' | 'decisions' | 'openRisks';

class Merge {
  readonly notes: string[] = [];
  private readonly document: Document;
  private readonly map: ParityMap;
  private readonly linesOf: LinesOf;

  constructor(existing: MapFile, linesOf: LinesOf) {
    this.document = existing.document;
    this.map = existing.map;
    this.linesOf = linesOf;
  }

  environments(fresh: ParityMap): void {
    const known = this.map.environments;
    for (const [index, own] of known.entries()) {
      const now = fresh.environments.find((each) => each.name === own.name);
      if (!now) this.notes.push(`gone: environment ${own.name}: no file names it any more`);
      this.citations(['environments', index], own.citations, now?.citations ?? [], 'if none are left');
    }
    for (const now of fresh.environments) {
      if (known.some((own) => own.name === now.name)) continue;
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
      this.append('productionTruth', now);
      this.notes.push(`new: production truth source ${now.source}`);
    }
  }

  surfaces(fresh: ParityMap): void {
    for (const [index, own] of this.map.surfaces.entries()) {
      const now = fresh.surfaces.find((each) => each.surface === own.surface);
      this.citations(['surfaces', index], own.citations, now?.citations ?? [], 'if none are left');
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
      this.append('surfaces', now);
      this.notes.push(`new: surface ${now.surface}`);
    }
  }

  register(fresh: ParityMap): void {
    const found = [...fresh.register, ...fresh.openRisks];
    for (const [index, own] of this.map.register.entries()) {
      const now = fresh.register.find((each) => each.id === own.id);
      this.citations(['register', index], own.citations, now?.citations ?? [], 'always');
      if (now) this.registerEntry(index, own, now);
      else if (isRuleId(own.id) && !found.some((each) => each.id === own.id)) {
        this.notes.push(`gone: register ${own.id}: the inspection finds no such difference any more; remove the entry`);
      }
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
      if (this.map.decisions.some((own) => own.id === now.id)) continue;
      this.append('decisions', now);
      this.notes.push(`new: decision ${now.id}`);
    }
  }

  openRisks(fresh: ParityMap): void {
    const found = [...fresh.register, ...fresh.openRisks];
    for (const [index, own] of this.map.openRisks.entries()) {
      const now = found.find((each) => each.id === own.id);
      if (!now) {
        const isQuestion = this.map.decisions.some((each) => each.id === own.id);
        if (!isQuestion && isRuleId(own.id))
          this.notes.push(
            `gone: open risk ${own.id}: the inspection finds no such difference any more; remove the entry`,
          );
        continue;
      }
      this.set(['openRisks', index, 'title'], now.title);
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
    if (own.title === now.title) return;
    for (const key of ['title', 'severity', 'production', 'nonProduction'] as const) {
      if (!isGap(now[key])) this.set(['register', index, key], now[key]);
    }
    this.notes.push(
      `changed: register ${own.id}: "${own.title}" is "${now.title}" now; check that its reason, risk and guard still hold`,
    );
  }

  private knows(id: string): boolean {
    return [...this.map.register, ...this.map.openRisks, ...(this.map.dismissed ?? [])].some((each) => each.id === id);
  }

  /** Moves lines to where the text stands now, drops what is stale where the draft has better, adds what the draft cites. */
  private citations(
    at: [ListKey, number],
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
