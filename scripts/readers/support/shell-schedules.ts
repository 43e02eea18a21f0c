import { parseShell, type ShellCommand } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { stemOf } from './stand-ins.ts';
import { withoutWrappers } from './without-wrappers.ts';

/** A line of a crontab; those of the system name a user before the command. */
const LINE =
  /^\s{0,20}(?<schedule>@(?:hourly|daily|midnight|weekly|monthly|yearly|annually|reboot)|[\d*/,-]{1,40}(?:[ \t]{1,8}[\w*/,-]{1,40}){4})[ \t]{1,8}(?:root[ \t]{1,8}|[a-z_][\w-]{1,30}[ \t]{1,8}(?=\/))?(?<command>[^\s#].*)$/;
const LOOP = /^(?:true|:|\[ 1 \]|\[\[ 1 \]\])$/;
/** What runs a program whose name follows. */
const RUNS =
  /^(?:.*\/)?(?:python[\d.]*|node|php|ruby|bash|sh|bundle|exec|rails|rake|npm|yarn|pnpm|run|npx|manage\.py|artisan|console|bin\/console|-m|env|nice|flock|su|sudo)$/;
const MAX_NAME = 80;

/** Work that a script does over and over: the lines that it gives to cron, and loops that sleep in between. */
export function shellSchedules(path: string, text: string, place: Omit<Place, 'line'>): Finding[] {
  if (!/\bcron|\bsleep\b/.test(text)) return [];
  const commands = parseShell(text, 1);
  return [...crontabLines(commands, place), ...loops(path, commands.map(withoutWrappers), place)];
}

function schedule(subject: string, value: string | null, place: Place): Finding {
  return findingAt(place, { surface: 'operations', subject, attribute: 'schedule', value });
}

/** `echo "0 3 * * * command" | crontab -`, `cat > /etc/cron.d/name <<EOF`. */
function crontabLines(commands: readonly ShellCommand[], place: Omit<Place, 'line'>): Finding[] {
  return commands.flatMap((command, index): Finding[] => {
    const { words, heredoc, line } = command;
    const next = commands[index + 1]?.words[0]?.text;
    const target = words.some((word, at) => words[at - 1]?.operator === true && /cron/.test(word.text));
    if (
      !target &&
      words[0]?.text !== 'crontab' &&
      !(next === 'crontab' && /^(?:echo|printf|cat)$/.test(words[0]?.text ?? ''))
    )
      return [];
    const spoken = words
      .slice(1)
      .flatMap((word) =>
        word.operator ? [] : word.text.split(/\\n|\n/).map((each, at) => ({ text: each, line: word.line + at })),
      );
    const fed = heredoc?.text.split('\n').map((each, at) => ({ text: each, line: heredoc.line + at })) ?? [];
    return [...spoken, ...fed].flatMap((each) => {
      const found = LINE.exec(each.text)?.groups;
      if (!found?.schedule || !found.command) return [];
      return [schedule(nameOf(found.command), found.schedule, { ...place, line: Math.max(each.line, line) })];
    });
  });
}

/** `while true; do command; sleep 60; done`. */
function loops(path: string, commands: readonly ShellCommand[], place: Omit<Place, 'line'>): Finding[] {
  return commands.flatMap((command, index): Finding[] => {
    if (!LOOP.test(command.words.map((word) => word.text).join(' '))) return [];
    const rest = commands.slice(index + 1, index + 30);
    const end = rest.findIndex((each) => each.words[0]?.text === 'done');
    const body = end === -1 ? [] : rest.slice(0, end);
    const sleep = body.find((each) => each.words[0]?.text === 'sleep');
    const work = body.find((each) => each.words[0] && !IDLE.test(each.words[0].text));
    if (!sleep || !work) return [];
    const written = sleep.words.map((word) => word.text).join(' ');
    const [head] = work.words;
    // What a shell does by itself is named after its script.
    const subject = RUNS.test(head?.text ?? '') ? nameOf(work.words.map((word) => word.text).join(' ')) : stemOf(path);
    return [schedule(subject, written.length > MAX_NAME ? null : written, { ...place, line: work.line })];
  });
}

/** Commands of a loop that only wait, count or speak: `until pg_isready; do sleep 1; done`. */
const IDLE =
  /^(?:sleep|echo|printf|date|wait|true|:|\[\[?|test|break|continue|exit|return|let|expr|log\w*|curl|nc|pg_isready|ping|wget|set|trap|local|fi|if)$/;

/** What a command does, by its last telling name: `print_receipts` of `python /srv/manage.py print_receipts`. */
function nameOf(command: string): string {
  const words = command.trim().split(/\s+/).slice(0, 8);
  const found = words.find((word) => !/^-|=|^["'[]/.test(word) && !RUNS.test(word.split('/').at(-1) ?? word));
  return (found ?? words[0] ?? command).split('/').at(-1)?.slice(0, MAX_NAME) ?? command;
}
