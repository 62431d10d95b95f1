/** Bytes, their one allowed text form each, and the algorithms that everything else is made of. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

const TAG_BYTES = 16;

/** Whoever made it did not keep to the format. `reason` is a word for programs, as in docs/vectors. */
export class FormatError extends Error {
  name = 'FormatError';

  constructor(message, reason) {
    super(message);
    this.reason = reason;
  }
}

/** Throws a FormatError unless a condition holds. */
export function require(condition, message, reason = 'invalid_value') {
  if (!condition) {
    throw new FormatError(message, reason);
  }
}

/** UTF-8 of well-formed text; a lone surrogate has none. */
export function utf8(text) {
  require(!/\p{Surrogate}/u.test(text), 'ill-formed Unicode');
  return Buffer.from(text, 'utf8');
}

export function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}

/** The bytes of lower-case hex of a known length. */
export function fromHex(text, bytes) {
  require(isHex(text, bytes), `not ${bytes} bytes in hex`);
  return Buffer.from(text, 'hex');
}

export function isHex(text, bytes) {
  return typeof text === 'string' && text.length === 2 * bytes && /^[0-9a-f]*$/.test(text);
}

export function base64(bytes) {
  return Buffer.from(bytes).toString('base64');
}

/** The bytes of base64, which others may have written without its padding. */
export function fromBase64(text) {
  require(typeof text === 'string', 'not base64');
  const bytes = Buffer.from(text, 'base64');
  const padded = base64(bytes);
  require(text === padded || text === padded.replace(/=+$/, ''), 'not base64');
  return bytes;
}

/** A whole number from 0 to 2^53 - 1, of decimal digits without leading zeros. */
export function parseNumber(text) {
  const number = Number(text);
  require(/^(0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(number), 'not a number');
  return number;
}

/** The same from 1. */
export function parseId(text) {
  require(text !== '0', 'ids and epochs begin at 1');
  return parseNumber(text);
}

/** Whether a value is a whole number from `min` to 2^53 - 1. */
export function isWhole(value, min) {
  return Number.isSafeInteger(value) && value >= min;
}

/** The lines of a text in which each ends in a line feed. */
export function parseLines(text) {
  const lines = text.split('\n');
  require(lines.pop() === '', 'the last line does not end');
  return lines;
}

export function sha256(...parts) {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
}

/** HKDF-SHA256. Noble's, because Node's refuses an info above 1,024 bytes and the header of many files is longer. */
export function hkdf(key, info, length, salt = new Uint8Array()) {
  return Buffer.from(nobleHkdf(nobleSha256, key, salt, utf8(info), length));
}

/** AES-256-GCM; the tag stands at the end. */
export function encrypt(key, iv, plaintext, additional = '') {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(additional));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The opposite; throws a FormatError for anything else than was encrypted. */
export function decrypt(key, iv, ciphertext, additional = '') {
  require(ciphertext.length >= TAG_BYTES, 'too short to be encrypted', 'does_not_open');
  const end = ciphertext.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(additional))
    .setAuthTag(ciphertext.subarray(end));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()]);
  } catch {
    throw new FormatError('not encrypted with this key', 'does_not_open');
  }
}
