const CALLEE = /^[\s(]*(?:await\s+)?([A-Za-z_$][\w$]*(?:(?:\.|::)[\w$]+)*!?)\s*\(/;
/** Languages and shells that print without brackets. */
const PRINTS = /^\s*(?:puts|pp|print|echo|printf|warn)\s+["'#$\w]/;
/** Whoever is asked to print, by what it is called or by whom it is of. */
const PRINTERS =
  /^(?:console|log|logger|logging|Rails\.logger)(?:\.|$)|(?:^|[._])log(?:ger|ging)?\.\w+$|^log[A-Z]\w*\.(?:debug|info|warn|error|log|trace)$|^(?:print|println|printf|pprint|puts|eprintln!|println!|print!|dbg!)$|^(?:fmt\.(?:Print|Fprint)\w*|System\.(?:out|err)\.print\w*|traceback\.print_\w+|sys\.std(?:out|err)\.write|error_log|var_dump|dump)$/i;

/** Whether a line only writes a log or prints: nobody but who runs the program sees a difference. */
export function writesLog(said: string): boolean {
  const callee = CALLEE.exec(said)?.[1];
  return callee === undefined ? PRINTS.test(said) : PRINTERS.test(callee);
}
