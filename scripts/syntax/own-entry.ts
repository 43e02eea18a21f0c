/** What a table of ours says of a name of theirs: `constructor`, which every object has, stands in none. */
export function ownEntry<Value>(table: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
