import { classOf } from '../../environments/names.ts';
import { type Topic, topicInCode, wordsOf } from '../../services/topic.ts';
import type { LanguageName } from '../../syntax/languages.ts';
import type { ProgramText, Span } from './source.ts';

/** What a stretch of a program touches, with the first line that does. */
export interface Touched {
  topic: Topic;
  line: number;
}

/** Topics told of one stretch; the weightiest first. */
const MAX_TOPICS = 4;
/** Brackets around a place whose heads tell what it belongs to, and how far up they may open, in characters. */
const MAX_HEADS = 4;
const MAX_UP = 3000;
/** As much of a line as is looked at, in characters. */
const MAX_LINE = 300;
const WEIGHT = { high: 0, medium: 1, low: 2 };
const WORD = /https?:\/\/(?=[\w$])|(?<![\w$])console\s{0,4}\.\s{0,4}\w+|[\p{L}_$][\p{L}\p{N}_$-]*/gu;
/** A URL, or a host in quotes. */
const HOST = /https?:\/\/[\w$]|["'](?:[a-z0-9-]{1,63}\.){2,6}[a-z]{2,8}["'/:]/;

/** Languages whose loggers are variables: what they are called says nothing of what is logged where. */
const TYPED = new Set<LanguageName>(['java', 'kotlin', 'csharp', 'go', 'php', 'elixir', 'rust']);
const LOGGER =
  /^(?:_?(?:secure)?[lL]og(?:ger)?|LOG(?:GER)?|slog|I?Logger|LoggerFactory|getLogger|tracing|trace|debug|Log(?:Information|Warning|Error|Debug|Trace|Critical))$/;

/** `lambdaSession`: a client's connection to a service, and nobody's login. */
const SESSION_OF_CLIENT =
  /^(?:aws|lambda|s3|sqs|sns|ses|dynamo\w{0,12}|boto3?|db|database|http|requests?|spark|tf|sql|orm)_?sessions?$/i;
/** `SecureLog.warn(...)`, `SecureRandom()`: what is kept from other eyes, and no connection. */
const SECURE_OTHER =
  /^_?secure_?(?:team)?_?(?:log(?:s|ger|ging)?|audit\w{0,20}|random\w{0,20}|strings?|stor(?:e|age)|compare|token\w{0,10})$/i;
/** `header(HttpHeaders.Authorization, "Bearer $token")`, `setBearerAuth(token)`: what a client sends along, and nobody's way in. */
const AUTHORIZATION = /^(?:AUTHORIZATION|[aA]uthorization|set(?:Bearer|Basic)Auth)$/;
const COMPARED =
  /[!=]==?|\.(?:equals|startsWith|start_with\?|StartsWith|split|Split|substring|removePrefix|TryGetValue)\b/;
const SENT = /^set\w+$|\b(?:Bearer|Basic)\b/;
/** `replaysSessionSampleRate`: how much is recorded, and not how somebody is signed in. */
const SAMPLED = /sample_?rates?$/i;
/** `developerEmail`, `user.email`: somebody's address, and no sending of mail unless it is called. */
const ADDRESS =
  /^(?!(?:send|deliver|queue|enqueue|notify|disable|enable|skip|use|allow|mock|fake|test)_?[Ee])(?:[a-z][A-Za-z]{0,29}(?:E|_e)|e)mails?$/;
/** `Sidekiq.logger.level = ...`: what is set is the log, whoever writes it. */
const OWNS_A_LOG = /^(?:(?:\.|::)\w{1,40}){0,2}(?:\.|::)(?:logger|log_?level|logLevel)\b/;

/** Whether a word is somebody's address by its name, and no sending of mail. */
export function namesAddress(word: string): boolean {
  return ADDRESS.test(word);
}

/** The topics that the identifiers and the strings of a stretch name, each with its first line. */
export function topicsIn(program: ProgramText, span: Span): Touched[] {
  const found = new Map<string, Touched>();
  const add = (topic: Topic | undefined, offset: number) => {
    if (topic && !found.has(topic.topic)) found.set(topic.topic, { topic, line: program.line(offset) });
  };
  const text = program.text.slice(span.start, span.end);
  const typed = TYPED.has(program.language);
  const logged = [...bracketsOf(program, span, LOGS), ...bracketsOf(program, span, THROWS)];
  // Whoever chooses between addresses decides who gets the mail.
  const isOneValue = /^[\s\w.$?!@:]*$/.test(text) && !text.trim().includes('\n');
  for (const match of text.matchAll(WORD)) {
    const offset = span.start + match.index;
    if ((typed && LOGGER.test(match[0])) || namesEnvironments(match[0])) continue;
    if (program.language === 'ruby' && isServersWorkers(program, match[0], offset)) continue;
    if (
      !isOneValue &&
      namesAddress(match[0]) &&
      !/^\s{0,4}(?:\(|\.\w{1,40}\()/.test(text.slice(match.index + match[0].length, match.index + match[0].length + 50))
    )
      continue;
    if (SESSION_OF_CLIENT.test(match[0]) || SAMPLED.test(match[0]) || SECURE_OTHER.test(match[0])) continue;
    if (AUTHORIZATION.test(match[0]) && isSent(program, match[0], offset)) continue;
    if (OWNS_A_LOG.test(text.slice(match.index + match[0].length, match.index + match[0].length + 120))) continue;
    if (logged.some((each) => offset > each.start && offset < each.end)) continue;
    if (/^session$/i.test(match[0]) && isOfDatabase(program, offset)) {
      add(topicInCode('database'), offset);
      continue;
    }
    if (!/^console|:\/\/$/.test(match[0])) add(topicInCode(match[0]), span.start + match.index);
  }
  const host = HOST.exec(text);
  if (host) add(topicInCode('hostname'), span.start + host.index);
  return [...found.values()].sort((a, b) => WEIGHT[a.topic.weight] - WEIGHT[b.topic.weight]).slice(0, MAX_TOPICS);
}

/** Whether the line hands a credential on, and asks nobody for one. */
function isSent(program: ProgramText, word: string, offset: number): boolean {
  const start = program.text.lastIndexOf('\n', offset) + 1;
  const end = program.text.indexOf('\n', offset);
  const line = program.text.slice(start, Math.min(start + MAX_LINE, end === -1 ? program.text.length : end));
  return !COMPARED.test(line) && (SENT.test(word) || SENT.test(line));
}

/** `DevPostgresPreprod`: a name of two environments at least is one of an environment, whatever else is in it. */
function namesEnvironments(word: string): boolean {
  return wordsOf(word).filter((each) => classOf(each) !== undefined).length >= 2;
}

const LOGS =
  /(?<![\w$])(?:[\w$]{1,40}\.){0,3}(?:console|\w{0,40}[lL]og(?:ger|ging)?|log[A-Z]\w{0,30})\.(?:debug|info|warn|warning|error|exception|critical|log)\s{0,4}\(/g;

/** An error that is made: what it says is no more than its text. */
const THROWS =
  /\b(?:throw\s{1,4}(?:new\s{1,4})?|raise\s{1,4})[A-Z][\w.]{0,80}\s{0,4}\(|\bnew\s{1,4}\w{0,60}(?:Exception|Error)\s{0,4}\(/g;

/** The brackets of calls that write a log, or make an error: what they say is told to nobody but who reads it. */
function bracketsOf(program: ProgramText, span: Span, calls: RegExp): Span[] {
  return [...program.code.slice(span.start, span.end).matchAll(calls)].flatMap((match) => {
    const start = span.start + match.index + match[0].length - 1;
    const end = program.partner(start);
    return end === undefined ? [] : [{ start, end }];
  });
}

/** `workers 2` of Puma: processes that answer requests, and no queue. */
function isServersWorkers(program: ProgramText, word: string, offset: number): boolean {
  if (word !== 'workers') return false;
  const before = program.code.slice(program.code.lastIndexOf('\n', offset - 1) + 1, offset);
  return (
    before.trim() === '' && /^[ (]\s{0,4}[\w(]/.test(program.code.slice(offset + word.length, offset + word.length + 8))
  );
}

/** `db.session.add(...)`, `session.execute(...)`: a database's session, and nobody's login. */
function isOfDatabase(program: ProgramText, offset: number): boolean {
  const before = program.code.slice(Math.max(0, offset - 40), offset);
  const after = program.code.slice(offset + 'session'.length, offset + 40);
  return (
    /(?:^|[^\w])\w{0,20}(?:db|database)\.$/i.test(before) ||
    /^\.(?:add|commit|execute|flush|rollback|merge|query|scalars?)\(/.test(after)
  );
}

/** What a value at an offset is for: by the name that it is given to, then by the calls and objects that this stands in. */
export function topicAround(program: ProgramText, offset: number, name: string | undefined): Topic | undefined {
  const own = name === undefined ? undefined : topicInCode(name);
  const around = headsOf(program, offset)
    .map((head) => topicInCode(head))
    .find((topic) => topic !== undefined);
  // `secure`, `domain` and the like are flags of a cookie where one is around.
  if (around?.topic === 'session' && (own === undefined || /^(?:secure|domain|sameSite|httpOnly)$/i.test(name ?? '')))
    return around;
  return own ?? around;
}

/** Whether a call only writes a log: what it says is no setting. */
export function isLog(call: string): boolean {
  return /^(?:console|log|logger|logging|Rails\.logger)(?:\.|$)/.test(call);
}

/** The names before the brackets around an offset, the innermost first; a function's body ends them. */
export function headsOf(program: ProgramText, offset: number): string[] {
  const heads: string[] = [];
  let at = offset;
  for (let step = 0; step < MAX_HEADS; step += 1) {
    const open = program.enclosing(at);
    if (open === undefined || offset - open > MAX_UP) break;
    const before = program.text.slice(Math.max(0, open - 120), open).trimEnd();
    if (program.code[open] === '{' && /(?:\)|=>|\b(?:else|do|try))$/.test(before)) break;
    const head = /([A-Za-z_$][\w$.]*)["']?\s*(?:<[^<>]{0,40}>)?\s*(?::[^=,([{\n]{0,40})?(?:=>|[:=])?\s*$/.exec(
      before,
    )?.[1];
    if (head && !isLog(head) && !/^(?:if|while|for|switch|return|const)$/.test(head))
      heads.push(head.split('.').at(-1) ?? head);
    at = open;
  }
  return heads;
}
