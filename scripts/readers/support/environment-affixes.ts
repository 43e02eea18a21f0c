import vocabulary from '../../../resources/environment-holders.json' with { type: 'json' };
import { classOf } from '../../environments/names.ts';
import { wordsOf } from '../../services/topic.ts';
import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import type { ConfigRead } from './config-reads.ts';
import type { Branch } from './environment-branches.ts';
import { type EnvironmentNames, keyOfSetting } from './environment-names.ts';
import { expressionAt, partsOf } from './expression.ts';
import type { ProgramText } from './source.ts';

const holders = new Set(vocabulary.words);
const calls = new Map(Object.entries(vocabulary.calls));
const CALL = new RegExp(
  String.raw`\.\s{0,40}(${[...calls.keys()].map((each) => each.replace('?', '\\?')).join('|')})\(`,
  'g',
);
/** What such a call is asked of, ending before the dot. */
const RECEIVER =
  /(?:[\w$@:]+(?:\([^()\n]{0,80}\)|\[[^[\]\n]{0,80}\])?[?!]?\.)*[\w$@]+(?:\([^()\n]{0,80}\)|\[[^[\]\n]{0,80}\])?[?!]?$/;
const LOCAL = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\.local|\.localhost)$/;

/** Whether a text may ask for an environment by how a name begins or ends. */
export function mentionsAffix(file: Searched): boolean {
  return matchesIn(file, AFFIX) || matchesIn(file, HOST);
}

const AFFIX = sought(
  /(?:[sS]tarts?_?[wW]ith|[eE]nds?_?[wW]ith|inclu?des?)\??\(\s{0,20}["'][\w.-]{0,60}(?:prod|dev|stag|test|local)/,
);
const HOST = sought(/\bhost\w{0,20}\(?\)?\s{0,4}[!=]==?\s{0,4}["'](?:localhost|127\.)/i);

/** `namespace.endsWith('-prod')`, `location.hostname === 'localhost'`: an environment told by part of a name. */
export function affixBranches(program: ProgramText, reads: readonly ConfigRead[], known: EnvironmentNames): Branch[] {
  return [...calledAffixes(program, reads, known), ...comparedHosts(program)];
}

function calledAffixes(program: ProgramText, reads: readonly ConfigRead[], known: EnvironmentNames): Branch[] {
  return [...program.code.matchAll(CALL)].flatMap((match) => {
    const part = partsOf(program, match.index + match[0].length - 1)?.[0];
    const argument = part ? expressionAt(program, part) : undefined;
    if (argument?.kind !== 'literal' || !namesEnvironment(argument.value)) return [];
    const receiver = RECEIVER.exec(program.code.slice(Math.max(0, match.index - 160), match.index))?.[0];
    if (!receiver) return [];
    const start = match.index - receiver.length;
    const written = program.text.slice(start, match.index);
    const read = reads.find((each) => each.span.start >= start && each.span.end <= match.index);
    const setting = /[([]\s*["']([\w.-]+)["']\s*[)\]][?!]?$/.exec(written)?.[1];
    const name = setting ?? /([\w$]+)(?:\(\))?[?!]?$/.exec(written)?.[1] ?? '';
    const key = read?.key ?? (setting ? keyOfSetting(setting, known) : name);
    if (!wordsOf(key).some((word) => holders.has(word)) && !wordsOf(name).some((word) => holders.has(word))) return [];
    return [{ key, value: `${calls.get(match[1] ?? '')} ${argument.value}`, offset: start }];
  });
}

/** An environment's name, set off from what stands before or behind it. */
function namesEnvironment(literal: string): boolean {
  if (literal.length > 60) return false;
  if (LOCAL.test(literal)) return true;
  const words = literal.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const plain = /^(?:prod|production|staging|localhost)$/.test(literal);
  return (
    plain || (/^[-._]|[-._]$|^[\w-]+\.[\w.-]+\.\w+$/.test(literal) && words.some((word) => classOf(word) !== undefined))
  );
}

function comparedHosts(program: ProgramText): Branch[] {
  return [
    ...program.code.matchAll(/(?<![\w$])(?:[\w$]+\.){0,3}(host(?:name)?|get_host\(\))\s{0,4}([!=]==?)\s{0,4}["']/g),
  ].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const value = expressionAt(program, {
      start: open,
      end: program.code.indexOf(program.code[open] ?? '"', open + 1) + 1,
    });
    if (value.kind !== 'literal' || !LOCAL.test(value.value)) return [];
    return [{ key: (match[1] ?? '').replace('()', ''), value: `${match[2]} ${value.value}`, offset: match.index }];
  });
}
