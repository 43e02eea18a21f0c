import type { Evidence, Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { excerptOf } from '../output/text.ts';
import { roleOf } from '../repository/path-role.ts';
import type { Survey } from '../repository/survey.ts';
import { languageOf } from '../syntax/languages.ts';
import { lineAtOffset, lineStarts } from '../syntax/lines.ts';

/** The lines at which a program goes by a key, those that decide first. */
export type UsesOf = (key: string) => readonly Evidence[];

/** Views decide, too, and are no program text. */
const VIEW = /\.(?:erb|haml|slim|twig|hbs|ejs|pug|cshtml|razor|heex|leex|eex|jinja2?|j2|html|vue|svelte)$/;
const COMMENT = /^\s*(?:#(?![[!{])|\/\/|\/?\*|<!--|--\s|;|\{\{-?\s*\/\*|\{#)/;
/** A line that decides. */
const DECIDES =
  /\b(?:if|elif|elsif|unless|when|while|case|switch|match|assert|skip\w*|guard|not)\b|[?](?![.])|&&|\|\||@Conditional|@Profile|v-if/;
/** The name that a line gives what it reads: a constant, a property, a field. */
const HELD =
  /^\s*(?:(?:export|public|private|protected|static|readonly|final|const|let|var|val|self\.|this\.|@)\s*){0,4}["']?([A-Za-z_$][\w$]*)["']?\??\s*(?::\s*[\w<>|[\]. ]{1,40})?\s*(?::|=(?!=)|:=|=>)/;
/** The name that a line gives what it reads. */
export function heldAs(line: string): string | undefined {
  return HELD.exec(line)?.[1];
}

/** Lines of one file that are kept of one key. */
const MAX_OF_FILE = 8;
/** Lines kept of one key before the best are taken. */
const MAX_KEPT = 60;

/** Whether a file's text can go by a key. */
export function mayUseKeys(path: string): boolean {
  const role = roleOf(path);
  return (role === 'application' || role === 'test') && (languageOf(path) !== undefined || VIEW.test(path));
}

/** Looks for the uses of keys, and of the names that program text holds them under. `keys` has the facts of each. */
export function usesIn(survey: Survey, paths: readonly string[], keys: ReadonlyMap<string, readonly Fact[]>): UsesOf {
  const names = namesOf(keys);
  const found = new Map<string, { evidence: Evidence; rank: number }[]>();
  const patterns = patternsFor(names);
  if (patterns.length === 0) return () => [];
  const words = [...names.keys()];
  for (const [index, path] of paths.entries()) {
    if (!mayUseKeys(path) || survey.reasonOf(index) !== undefined || !survey.wordsOf(index).mayName(words)) continue;
    const text = survey.text(index);
    const isTest = roleOf(path) === 'test';
    const starts = lineStarts(text);
    const ofFile = new Map<string, Set<number>>();
    for (const pattern of patterns) {
      for (const match of text.matchAll(pattern)) {
        const word = match[0].replace(/^[."'`]+/, '');
        const owners = names.get(word);
        if (!owners) continue;
        const line = lineAtOffset(starts, match.index);
        const said = text.slice(starts[line - 1], starts[line] ?? text.length).replace(/\n$/, '');
        for (const key of owners) note(key, word, { path, line }, said, ofFile, isTest);
      }
    }
    survey.drop(index);
  }
  const best = new Map(
    [...found].map(([key, uses]) => [
      key,
      uses
        .toSorted(
          (a, b) =>
            a.rank - b.rank || byCodeUnit(a.evidence.path, b.evidence.path) || a.evidence.line - b.evidence.line,
        )
        .map(({ evidence }) => evidence),
    ]),
  );
  return (key) => best.get(key) ?? [];

  function note(
    key: string,
    word: string,
    place: Pick<Evidence, 'path' | 'line'>,
    said: string,
    ofFile: Map<string, Set<number>>,
    isTest: boolean,
  ): void {
    const all = found.get(key) ?? [];
    const lines = ofFile.get(key) ?? new Set();
    if (all.length >= MAX_KEPT || lines.size >= MAX_OF_FILE || lines.has(place.line)) return;
    if (said.length > 400 || COMMENT.test(said) || heldAs(said) === word) return;
    lines.add(place.line);
    ofFile.set(key, lines);
    const rank = (DECIDES.test(said) ? 0 : 2) + (isTest ? 1 : 0);
    all.push({ evidence: { ...place, excerpt: excerptOf(said) }, rank });
    found.set(key, all);
  }
}

/** The words to look for, each with the keys that it stands for: the key itself, and the names that hold it. */
function namesOf(keys: ReadonlyMap<string, readonly Fact[]>): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  const add = (word: string, key: string): void => {
    names.set(word, (names.get(word) ?? new Set()).add(key));
  };
  for (const [key, facts] of keys) {
    add(key, key);
    // A section of .NET is bound to a class whose members are named as its settings are.
    const member = /:([A-Z][a-z]+(?:[A-Z][a-z]*)+)$/.exec(key)?.[1];
    if (member !== undefined && member.length >= 8) add(member, key);
    for (const fact of facts) {
      if (!['read', 'from-variable', 'default'].includes(fact.attribute)) continue;
      const held = heldAs(fact.evidence.excerpt);
      // One word of everyday language is held by anything.
      if (!held || held === key || held.length < 6 || !/[a-z][A-Z]|_/.test(held)) continue;
      add(held, key);
      if (/^[a-z]/.test(held))
        for (const start of ['get', 'is']) add(start + held[0]?.toUpperCase() + held.slice(1), key);
    }
  }
  return names;
}

/** A name that can only be a switch's. */
const SWITCH = /^[a-z]\w*(?:Enabled|Disabled|_enabled|_disabled)$/;

/** Constants; members, switches, and variables where something is decided; properties by their path. */
function patternsFor(names: ReadonlyMap<string, unknown>): RegExp[] {
  const words = [...names.keys()];
  return [
    ...(words.some((word) => /^[A-Z][A-Z0-9_]+$/.test(word)) ? [/\b[A-Z][A-Z0-9_]{3,}\b/g] : []),
    ...(words.some((word) => /^[a-z_$][\w$]*$/.test(word))
      ? [/\.[a-z_$][\w$]{5,}\b/g, /(?<=(?:[!(?]|&&|\|\|)[ \t]?)[a-z_$][\w$]{5,}\b/g]
      : []),
    ...(words.some((word) => /^[A-Z][a-z]\w*$/.test(word)) ? [/\.[A-Z][a-z][\w$]{4,}\b/g] : []),
    // What a switch is handed on as: `if (queueEnabled)`.
    ...(words.some((word) => SWITCH.test(word)) ? [/\b[a-z]\w*(?:Enabled|Disabled|_enabled|_disabled)\b/g] : []),
    ...(words.some((word) => /[.:]/.test(word)) ? [/["'`][A-Za-z][\w-]*(?:[.:][\w-]+){1,8}/g] : []),
  ];
}
