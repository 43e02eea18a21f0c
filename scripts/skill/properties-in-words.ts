import words from '../../resources/contract-words.json' with { type: 'json' };
import { listInWords } from '../drift/rule.ts';
import type { Evidence, Surface, Value } from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import { cut } from '../output/text.ts';
import { isSecretKey } from '../secrets/secret-key.ts';
import { ownEntry } from '../syntax/own-entry.ts';

/** One property of one subject somewhere. */
export interface Property {
  surface: Surface;
  subject: string;
  attribute: string;
  /** Distinct; `null`: set, and not told. */
  values: readonly Value[];
  evidence: readonly Evidence[];
  /** What production has instead, where that is to be told. */
  production?: readonly Value[];
  /** No file sets it: this is what the program falls back to. */
  isDefault?: boolean;
}

/** What several properties come to in words, with one line for each of them. */
export interface Clause {
  text: string;
  evidence: Evidence[];
}

const MAX_VALUE = 60;
const MAX_VALUES = 3;
/** Subjects named in one clause, and lines cited for it. */
const MAX_NAMES = 6;
/** Properties told of one subject, and processes. */
const MAX_OF_SUBJECT = 4;

const PHRASES: { [attribute: string]: string } = words.phrases;
const UNTOLD: { [attribute: string]: string } = words.untoldPhrases;
const JOINED: { [attribute: string]: string | { [value: string]: string } } = words.joined;

/** Properties as clauses, at most so many, in their order; what is alike of several subjects is one clause. `left` is told by none. */
export function propertiesInWords(
  properties: readonly Property[],
  most: number,
): { clauses: Clause[]; left: Property[] } {
  const groups = [...groupBy(properties, groupOf).values()];
  return { clauses: groups.slice(0, most).map(clauseOf), left: groups.slice(most).flat() };
}

/** What is told in one clause: subjects of the same value; all processes; else the properties of one subject. */
function groupOf(property: Property): string {
  const { surface, subject, attribute, production, isDefault = false } = property;
  const joined = ownEntry(JOINED, attribute);
  // Templates that tell no value join whatever the values are.
  if (typeof joined === 'string' && !joined.includes('{value}')) return attribute;
  if (joined !== undefined) return JSON.stringify([attribute, valueInWords(property), production, isDefault]);
  return attribute === 'process' ? attribute : JSON.stringify([surface, subject]);
}

function clauseOf(group: readonly Property[]): Clause {
  const [first] = group;
  const evidence = group.flatMap((each) => each.evidence.slice(0, each.values.length > 1 ? MAX_VALUES : 1));
  return { text: first ? textOf(first, group) : '', evidence: evidence.slice(0, MAX_NAMES) };
}

function textOf(first: Property, group: readonly Property[]): string {
  const joined = ownEntry(JOINED, first.attribute);
  if (joined !== undefined) return joinedText(joined, first, group);
  if (first.attribute === 'process') return `runs ${listed(group.map(processOf), MAX_OF_SUBJECT)}`;
  // An image's tag says no more than the version does.
  const hasVersion = group.some(({ attribute }) => attribute === 'version');
  const told = group.filter(({ attribute }) => !(hasVersion && attribute === 'image'));
  const shown = told.slice(0, MAX_OF_SUBJECT).map((each, index) => phraseOf(each, index > 0));
  const more = told.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function joinedText(
  template: string | { [value: string]: string },
  first: Property,
  group: readonly Property[],
): string {
  const names = [...new Set(group.map(({ subject }) => subject))];
  const isOne = names.length === 1;
  const told = typeof template === 'string' ? template : ownEntry(template, String(first.values[0]));
  const wanted = (isUntold(first) ? ownEntry(UNTOLD, first.attribute) : undefined) ?? told ?? '{subjects}: {value}';
  const text = fill(wanted, {
    subjects: listed(names, MAX_NAMES),
    is: isOne ? 'is' : 'are',
    come: isOne ? 'comes' : 'come',
    reach: isOne ? 'reaches' : 'reach',
    them: isOne ? 'it' : 'them',
    value: valueInWords(first),
  });
  return `${text}${whereDefault(first)}${besideProduction(first)}`;
}

function phraseOf(property: Property, follows: boolean): string {
  const { attribute, subject, values } = property;
  const beside = `${whereDefault(property)}${besideProduction(property)}`;
  if (attribute === 'engine' && values.length === 1 && values[0] === subject) return `${subject}${beside}`;
  const template =
    (isUntold(property) ? ownEntry(UNTOLD, attribute) : undefined) ??
    ownEntry(PHRASES, attribute) ??
    `{subject} ${attribute.replace(/-/g, ' ')} {value}`;
  return `${fill(template, { subject: follows ? '' : subject, value: valueInWords(property) }).trim()}${beside}`;
}

function isUntold({ subject, attribute, values, surface }: Property): boolean {
  if (attribute === 'value' && isSecretKey(subject) && !values.every((each) => SWITCH.test(String(each)))) return true;
  return values.every((each) => each === null) && surface !== 'identity' && surface !== 'edge';
}

/** A default is a guess at what runs: something outside of the files may set it. */
function whereDefault({ isDefault }: Property): string {
  return isDefault ? ' by default, no file sets it' : '';
}

function fill(template: string, values: { [name: string]: string }): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

function besideProduction({ production = [], values }: Property): string {
  const told = production.filter((each) => each !== null);
  if (told.length === 0) return '';
  const there = listedValues(told);
  // What is cut off is where they differ.
  return there === listedValues(values) ? ' (production: another one)' : ` (production: ${there})`;
}

/** What is computed on a surface of restrictions is told by the line that computes it; elsewhere a value may be a secret. */
function valueInWords(property: Property): string {
  const {
    values,
    attribute,
    evidence: [first],
  } = property;
  if (isUntold(property)) return 'set, value not told';
  if (!values.every((each) => each === null)) return listedValues(values, attribute === 'setting' ? 'and' : 'or');
  return first ? `computed, "${short(first.excerpt)}"` : 'computed';
}

function listedValues(values: readonly Value[], last: 'and' | 'or' = 'or'): string {
  const told = values.map((value) =>
    value === null ? 'a value not told' : value === '' ? 'empty' : short(String(value)),
  );
  const more = told.length - MAX_VALUES;
  const shown = more > 0 ? [...told.slice(0, MAX_VALUES), `${more} more`] : told;
  return shown.length < 2
    ? shown.join('')
    : `${shown.slice(0, -1).join(', ')} ${more > 0 ? 'and' : last} ${shown.at(-1)}`;
}

/** `web (bin/start)`; where no command is told, the name alone. */
function processOf({ subject, values: [value] }: Property): string {
  const isCommand = typeof value === 'string' && !['image', 'build', subject].includes(value);
  return isCommand ? `${subject} (${short(value)})` : subject;
}

function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return listInWords([...names.slice(0, most), ...(more > 0 ? [`${more} more`] : [])]);
}

/** What a key may be whose name is like a secret's, and that is none: on, off, a number, nothing. */
const SWITCH = /^(?:true|false|yes|no|on|off|\d*)$/i;
/** `<true or false>` stands for what somebody is to write there. */
const PLACEHOLDER = /^<[^<>]*>$/;

function short(text: string): string {
  if (PLACEHOLDER.test(text)) return 'a placeholder';
  return text.length > MAX_VALUE ? `${cut(text, MAX_VALUE - 3)}...` : text;
}
