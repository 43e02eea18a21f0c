import { isAscii } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { MAX_FILE_BYTES } from '../syntax/limits.ts';

export type TextFile = { ok: true; text: string } | { ok: false; reason: string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Reads a regular file of UTF-8 text (UTF-16 by its mark too), at most MAX_FILE_BYTES. Never follows a link, never blocks on a pipe, never throws. */
export function readTextFile(path: string, stat: () => Stats): TextFile {
  try {
    if (!stat().isFile()) return { ok: false, reason: 'not a regular file' };
    const handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const { size } = fstatSync(handle);
      if (size > MAX_FILE_BYTES) return { ok: false, reason: `larger than ${MAX_FILE_BYTES} bytes (${size})` };
      return decode(contentsOf(handle, size));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, reason: `cannot be read (${code ?? 'unknown error'})` };
  }
}

/** One buffer for all files: each is decoded before the next is read. */
const shared = Buffer.allocUnsafeSlow(MAX_FILE_BYTES + 1);

/** What is in an open file now: a file may be shorter than its size told, or grow while it is read. */
function contentsOf(handle: number, size: number): Buffer {
  let length = 0;
  // One byte more than told, so that a file that is as long as told ends in the same call.
  for (let wanted = size + 1; length < wanted; ) {
    const count = readSync(handle, shared, length, Math.min(wanted, shared.length) - length, null);
    if (count === 0) break;
    length += count;
    if (length >= shared.length) break;
    if (length >= wanted) wanted = shared.length;
  }
  return shared.subarray(0, length);
}

function decode(bytes: Buffer): TextFile {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { ok: true, text: bytes.subarray(2).toString('utf16le') };
  if (bytes.subarray(0, 8000).includes(0)) return { ok: false, reason: 'binary' };
  // Text of one byte a character is kept so, and searched faster.
  if (isAscii(bytes)) return { ok: true, text: bytes.toString('latin1') };
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    return { ok: false, reason: 'not UTF-8 text' };
  }
}
