import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { MAX_FILE_BYTES } from '../syntax/limits.ts';

export type TextFile = { ok: true; text: string } | { ok: false; reason: string };

/** The bytes of a text, and how they spell it. They stand in one buffer for all files, until the next file is read. */
export type FileBytes =
  | { ok: true; bytes: Buffer; encoding: 'ascii' | 'utf8' | 'utf16' }
  | { ok: false; reason: string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
/** Opens no link and waits for no pipe, where the system can be told so. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** What opening tells of a link and of a socket. */
const NO_FILE = new Set(['ELOOP', 'ENXIO']);

/** Reads a regular file of UTF-8 text (UTF-16 by its mark too), at most MAX_FILE_BYTES. Never follows a link, never blocks on a pipe, never throws. */
export function readTextFile(path: string): TextFile {
  const file = readBytes(path);
  return file.ok ? { ok: true, text: textOf(file) } : file;
}

/** The same without making a text of it. */
export function readBytes(path: string): FileBytes {
  try {
    if (constants.O_NOFOLLOW === undefined && !lstatSync(path).isFile()) return { ok: false, reason: NOT_REGULAR };
    const handle = openSync(path, FLAGS);
    try {
      const stat = fstatSync(handle);
      if (!stat.isFile()) return { ok: false, reason: NOT_REGULAR };
      if (stat.size > MAX_FILE_BYTES)
        return { ok: false, reason: `larger than ${MAX_FILE_BYTES} bytes (${stat.size})` };
      return asText(contentsOf(handle, stat.size));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { ok: false, reason: NO_FILE.has(code) ? NOT_REGULAR : `cannot be read (${code})` };
  }
}

/** The text that bytes spell. */
export function textOf({ bytes, encoding }: FileBytes & { ok: true }): string {
  // Text of one byte a character is kept so, and searched faster.
  if (encoding === 'ascii') return bytes.toString('latin1');
  return encoding === 'utf16' ? bytes.subarray(2).toString('utf16le') : decoder.decode(bytes);
}

const NOT_REGULAR = 'not a regular file';

/** One buffer for all files: each is done with before the next is read. */
const shared = Buffer.allocUnsafeSlow(MAX_FILE_BYTES + 1);
let latest: Buffer | undefined;

/** Whether no other file was read since: its bytes still stand in the buffer. */
export function isAtHand({ bytes }: FileBytes & { ok: true }): boolean {
  return bytes === latest;
}

/** What is in an open file now: a file may be shorter than its size told, or grow while it is read. */
function contentsOf(handle: number, size: number): Buffer {
  let length = 0;
  for (let wanted = size; ; wanted = shared.length) {
    // One byte more than told: a call that leaves it open has come to the end.
    const asked = Math.min(wanted + 1, shared.length) - length;
    const count = readSync(handle, shared, length, asked, null);
    length += count;
    if (count < asked || length >= shared.length) break;
  }
  latest = shared.subarray(0, length);
  return latest;
}

function asText(bytes: Buffer): FileBytes {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { ok: true, bytes, encoding: 'utf16' };
  if (bytes.subarray(0, 8000).includes(0)) return { ok: false, reason: 'binary' };
  if (isAscii(bytes)) return { ok: true, bytes, encoding: 'ascii' };
  return isUtf8(bytes) ? { ok: true, bytes, encoding: 'utf8' } : { ok: false, reason: 'not UTF-8 text' };
}
