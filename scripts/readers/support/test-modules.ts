import type { Finding } from '../reader.ts';
import type { ProgramText, Span } from './source.ts';

/** `#[cfg(test)] mod tests { ... }` and single functions under `#[test]`. */
export function testModules(program: ProgramText): Span[] {
  return [...program.code.matchAll(/#\[(?:cfg\(test\)|(?:\w{1,20}::)?test)\]/g)].flatMap((match) => {
    const from = match.index + match[0].length;
    const brace = program.code.slice(from, from + 400).search(/[{;]/);
    const end = brace === -1 || program.code[from + brace] === ';' ? undefined : program.partner(from + brace);
    return end === undefined ? [] : [{ start: match.index, end }];
  });
}

/** Findings of the application's own text: those that stand among the tests of the same file are gone. */
export function withoutTests(program: ProgramText, findings: Finding[]): Finding[] {
  if (program.language !== 'rust' || findings.length === 0) return findings;
  const tests = testModules(program).map(({ start, end }) => ({ from: program.line(start), to: program.line(end) }));
  return findings.filter(({ line }) => !tests.some(({ from, to }) => line >= from && line <= to));
}
