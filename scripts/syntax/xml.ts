import { lineAtOffset, lineStarts } from './lines.ts';

/** An element of XML with its attributes, its own text, and the line on which its start tag begins. */
export interface XmlElement {
  name: string;
  attributes: { [name: string]: string };
  /** The text right below it, trimmed; that of inner elements is not in it. */
  text: string;
  /** From 1. */
  line: number;
  children: XmlElement[];
}

/** Elements deeper than this are left out. */
const MAX_DEPTH = 100;
const TAG =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[?!][^<>]*>|<(\/?)([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;

/** Reads XML as far as it is well formed: the elements at the top. No entities but the five, no schema; never throws. */
export function parseXml(text: string): XmlElement[] {
  const starts = lineStarts(text);
  const root: XmlElement = { name: '', attributes: {}, text: '', line: 1, children: [] };
  const open: XmlElement[] = [root];
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    const current = open.at(-1) ?? root;
    const between = text.slice(from, match.index).trim();
    if (between !== '' && current !== root) current.text = `${current.text}${decoded(between)}`;
    from = match.index + match[0].length;
    const [whole, closing, name, rest = '', empty] = match;
    if (name === undefined) {
      if (whole.startsWith('<![CDATA[')) current.text = `${current.text}${whole.slice(9, -3)}`;
      continue;
    }
    if (closing === '/') {
      const index = open.findLastIndex((each) => each.name === name);
      if (index > 0) open.length = index;
      continue;
    }
    const line = lineAtOffset(starts, match.index);
    const element: XmlElement = { name, attributes: attributesOf(rest), text: '', line, children: [] };
    if (open.length < MAX_DEPTH) current.children.push(element);
    if (empty !== '/') open.push(element);
  }
  return root.children;
}

/** The elements at a path of names below an element. */
export function elementsAt(elements: readonly XmlElement[], ...names: string[]): XmlElement[] {
  return names.reduce<readonly XmlElement[]>(
    (found, name, index) =>
      (index === 0 ? found : found.flatMap((each) => each.children)).filter((each) => each.name === name),
    elements,
  ) as XmlElement[];
}

/** The first element of that name right below. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}

function attributesOf(text: string): { [name: string]: string } {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', decoded(match[2] ?? match[3] ?? '')]),
  );
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
