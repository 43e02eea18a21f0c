import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDocument, visit } from 'yaml';

/**
 * The rules of the two validators in use, stated anew from what they do: that of the Agent Skills reference library (`skills-ref
 * validate`) and that of skill-creator (`quick_validate.py`). Each gives what it refuses; nothing where it accepts.
 */
export type Validator = (folder: string) => string[];

const ALLOWED = ['name', 'description', 'license', 'allowed-tools', 'metadata', 'compatibility'];

export const reference: Validator = (folder) => {
  if (!existsSync(folder)) return ['path does not exist'];
  if (!statSync(folder).isDirectory()) return ['not a directory'];
  const file = ['SKILL.md', 'skill.md'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return ['no SKILL.md'];
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('---')) return ['does not start with frontmatter'];
  // It splits at the first three hyphens, wherever they stand.
  const [, yaml, ...body] = text.split('---');
  if (yaml === undefined || body.length === 0) return ['frontmatter is not closed'];
  const values = strictYaml(yaml);
  if (values === undefined) return ['invalid YAML'];
  const extra = Object.keys(values).filter((key) => !ALLOWED.includes(key));
  const errors = extra.map((key) => `unexpected field ${key}`);
  if (!('name' in values)) errors.push('no name');
  else errors.push(...nameErrors(values.name, basename(folder)));
  if (!('description' in values)) errors.push('no description');
  else if (typeof values.description !== 'string' || values.description.trim() === '') errors.push('empty description');
  else if ([...values.description].length > 1024) errors.push('description too long');
  if (typeof values.compatibility === 'string' && values.compatibility.length > 500)
    errors.push('compatibility too long');
  return errors;
};

function nameErrors(value: unknown, folder: string): string[] {
  if (typeof value !== 'string' || value.trim() === '') return ['empty name'];
  const name = value.trim().normalize('NFKC');
  return [
    ...([...name].length > 64 ? ['name too long'] : []),
    ...(name === name.toLowerCase() ? [] : ['name not lower-case']),
    ...(/^-|-$/.test(name) ? ['name starts or ends with a hyphen'] : []),
    ...(name.includes('--') ? ['consecutive hyphens'] : []),
    ...(/^[\p{L}\p{N}-]*$/u.test(name) ? [] : ['invalid characters']),
    ...(folder.normalize('NFKC') === name ? [] : ['not the name of the folder']),
  ];
}

/** Block style with plain text values, as strictyaml takes it: no flow collections, anchors, tags or second key of a name. */
function strictYaml(text: string): Record<string, unknown> | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true });
  let strict = document.errors.length === 0;
  visit(document, {
    Alias: () => {
      strict = false;
    },
    Node: (_, node) => {
      if (('anchor' in node && node.anchor) || ('flow' in node && node.flow) || node.tag !== undefined) strict = false;
    },
  });
  const value: unknown = strict ? document.toJS() : undefined;
  return isMapping(value) ? value : undefined;
}

export const creator: Validator = (folder) => {
  const file = join(folder, 'SKILL.md');
  if (!existsSync(file)) return ['no SKILL.md'];
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('---')) return ['no frontmatter'];
  const yaml = /^---\n(.*?)\n---/s.exec(text)?.[1];
  if (yaml === undefined) return ['invalid frontmatter'];
  const document = parseDocument(yaml, { version: '1.1', uniqueKeys: false });
  const values: unknown = document.errors.length > 0 ? undefined : document.toJS();
  if (!isMapping(values)) return ['not a mapping'];
  const { name, description, compatibility } = values;
  const errors = Object.keys(values)
    .filter((key) => !ALLOWED.includes(key))
    .map((key) => `unexpected key ${key}`);
  for (const key of ['name', 'description']) {
    if (!(key in values)) errors.push(`no ${key}`);
    else if (typeof values[key] !== 'string') errors.push(`${key} is no string`);
  }
  if (typeof name === 'string' && name.trim() !== '') {
    if (!/^[a-z0-9-]+$/.test(name.trim())) errors.push('name not kebab-case');
    if (/^-|-$|--/.test(name.trim())) errors.push('hyphens of the name');
    if (name.trim().length > 64) errors.push('name too long');
  }
  if (typeof description === 'string') {
    if (/[<>]/.test(description)) errors.push('angle brackets');
    if ([...description.trim()].length > 1024) errors.push('description too long');
  }
  if (compatibility !== undefined && compatibility !== null && compatibility !== '') {
    if (typeof compatibility !== 'string') errors.push('compatibility is no string');
    else if (compatibility.length > 500) errors.push('compatibility too long');
  }
  return errors;
};

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
