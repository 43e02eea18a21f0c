import vocabulary from '../../resources/asynchronous-work.json' with { type: 'json' };
import { roleOf } from '../repository/path-role.ts';
import type { LanguageName } from '../syntax/languages.ts';
import { matchesIn, mayMatch, soughtParts } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import {
  endingsIn,
  type LanguageRules,
  type LanguageSearch,
  languageOf,
  matchesOf,
  searchesOf,
  writtenAt,
} from './support/call-rules.ts';
import { partsOf, plainString } from './support/expression.ts';
import { type Place, placeOf } from './support/place-of-program.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText, type Span } from './support/source.ts';
import { withoutTests } from './support/test-modules.ts';

const languages: { [name: string]: LanguageRules } = vocabulary.languages;
const searches = searchesOf(languages);
const TABLE = new RegExp(vocabulary.tables.heads, 'g');
const SCHEDULE = new RegExp(`^\\s*["':]?(?:${vocabulary.tables.schedules.join('|')})["']?\\s*(?:=>|[:=](?!=))`);

export const asynchronousWork: Reader = {
  name: 'asynchronous-work',
  reads:
    'Queues, workers, jobs and schedules in program text, and where they run inline: BullMQ, Agenda, node-cron, Celery, RQ, APScheduler, Airflow, Active Job, Sidekiq, whenever, Spring’s `@Scheduled` and listeners, Quartz, Hangfire, hosted services, Laravel’s queue and scheduler, Oban, cron and asynq in Go, cron in Rust and their like',
  reach: EVERYWHERE,
  source: true,
  endings: endingsIn(languages),
  matches: (path) => languageOf(path, languages) !== undefined && isProgramOfApplication(path),
  read(file) {
    const language = languageOf(file.path, languages);
    const rules = language ? languages[language] : undefined;
    const search = language ? searches.get(language) : undefined;
    if (!language || !rules || !search || !mayTell(file, search)) return { findings: [] };
    const program = programText(file.path, file.text, language);
    return { findings: withoutTests(program, workIn(program, rules, file.path, language)) };
  },
};

/** What finds jobs besides the rules. */
const OTHERS = soughtParts([vocabulary.tables.heads, 'airflow', 'Sidekiq::Cron']);

function mayTell(file: SourceFile, { hints, rules }: LanguageSearch): boolean {
  return (mayMatch(file, rules) || mayMatch(file, OTHERS)) && matchesIn(file, hints);
}

function workIn(program: ProgramText, { rules }: LanguageRules, path: string, language: LanguageName): Finding[] {
  const place = placeOf(path);
  // What tests queue is no work of the application, nor is a job that they call; that all of them run inline is a difference.
  const wanted =
    roleOf(path) === 'test' ? rules.filter((rule) => rule.attribute === 'inline' && rule.one !== true) : rules;
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const seen = new Set<string>();
  const found = matchesOf(program, wanted).flatMap(({ rule, name, value, offset }): Finding[] => {
    if (rule.attribute === 'job' && name === undefined) return [];
    const line = program.line(offset);
    const key = `${rule.attribute} ${name} ${value}`;
    if (rule.one === true && seen.has(key)) return [];
    seen.add(key);
    return [{ surface: 'operations', subject: name ?? file, attribute: rule.attribute, value, ...place, line }];
  });
  return [
    ...found,
    ...(roleOf(path) === 'test' ? [] : tables(program, place)),
    ...(language === 'ruby' && roleOf(path) !== 'test' ? sidekiqCron(program, place) : []),
    ...(language === 'python' && roleOf(path) !== 'test' ? airflowDags(program, place) : []),
  ];
}

/** Objects whose entries are jobs with a schedule each. */
function tables(program: ProgramText, place: Place): Finding[] {
  return [...program.text.matchAll(TABLE)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    if (!program.isCode(open)) return [];
    return (partsOf(program, open) ?? []).flatMap((part): Finding[] => {
      const head = /^\s*(?:(["'])(.{1,100}?)\1|([A-Za-z_]\w*))\s*(?:=>|:)\s*/.exec(
        program.text.slice(part.start, part.start + 400),
      );
      const name = head?.[2] ?? head?.[3];
      const entry = head ? part.start + head[0].length : -1;
      if (!head || name === undefined || program.code[entry] !== '{') return [];
      const line = program.line(part.start + (/^\s*/.exec(head[0])?.[0].length ?? 0));
      return [
        {
          surface: 'operations',
          subject: name,
          attribute: 'schedule',
          value: scheduleOf(program, entry),
          ...place,
          line,
        },
      ];
    });
  });
}

function scheduleOf(program: ProgramText, open: number): string | null {
  for (const part of partsOf(program, open) ?? []) {
    const head = SCHEDULE.exec(program.text.slice(part.start, part.start + 200));
    if (head) return writtenAt(program, { start: part.start + head[0].length, end: part.end });
  }
  return null;
}

/** `@dag(dag_id='x', schedule='@daily')`, `DAG('x', schedule_interval=None)`: a pipeline, by its own name or that of the function. */
function airflowDags(program: ProgramText, place: Place): Finding[] {
  if (!/\bairflow\b/.test(program.text)) return [];
  return [...program.code.matchAll(/(?<![\w.])(?:@dag|DAG)\(/g)].flatMap((match): Finding[] => {
    const open = match.index + match[0].length - 1;
    const parts = partsOf(program, open) ?? [];
    const argument = (pattern: RegExp) =>
      parts.flatMap((part) => {
        const head = pattern.exec(program.text.slice(part.start, part.start + 200));
        return head ? [{ start: part.start + head[0].length, end: part.end }] : [];
      })[0];
    const schedule = argument(/^\s*(?:schedule|schedule_interval|timetable)\s*=\s*/);
    const id = argument(/^\s*dag_id\s*=\s*/) ?? parts[0];
    const close = program.partner(open) ?? open;
    const next = /^\s{0,40}(?:async\s+)?def\s+(\w{1,80})/.exec(program.code.slice(close + 1, close + 200))?.[1];
    const subject = (id && plainString(program, id)) ?? next;
    if (!schedule || subject === undefined) return [];
    const value = program.text.slice(schedule.start, Math.min(schedule.end, schedule.start + 80)).trim();
    const line = program.line(schedule.start);
    const bare = value.replace(/^(["'])(.*)\1$/, '$2');
    return [{ surface: 'operations', subject, attribute: 'schedule', value: bare, ...place, line }];
  });
}

/** `Sidekiq::Cron::Job.create(name: 'x', cron: '* * * * *', class: 'X')`. */
function sidekiqCron(program: ProgramText, place: Place): Finding[] {
  return [...program.code.matchAll(/\bSidekiq::Cron::Job\.(?:create|new)!?\(/g)].flatMap((match): Finding[] => {
    const open = match.index + match[0].length - 1;
    const named = (partsOf(program, open) ?? []).flatMap((part: Span) => {
      const head = /^\s*["':]?name["']?\s*(?:=>|:)\s*/.exec(program.text.slice(part.start, part.start + 100));
      return head ? (plainString(program, { start: part.start + head[0].length, end: part.end }) ?? []) : [];
    })[0];
    if (named === undefined) return [];
    return [
      {
        surface: 'operations',
        subject: named,
        attribute: 'schedule',
        value: scheduleOf(program, open),
        ...place,
        line: program.line(match.index),
      },
    ];
  });
}
