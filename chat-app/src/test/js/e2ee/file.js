/** Files, encrypted in chunks that can't be left out, moved or added to. */
import { createHash } from 'node:crypto';
import { decrypt, encrypt, hex, require } from './bytes.js';

const CHUNK_BYTES = 64 * 1024;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + 16;

/** Encrypts the pieces of a file, which may be of any length; yields its ciphertext. */
export async function* encryptFile(pieces, key) {
  let index = 0;
  for await (const { chunk, isLast } of chunked(pieces, CHUNK_BYTES)) {
    yield sealChunk(key, index++, isLast, chunk);
  }
}

export function sealChunk(key, index, isLast, chunk) {
  return encrypt(key, chunkIv(index, isLast), chunk);
}

/** Decrypts pieces of ciphertext, chunk by chunk, against the `size` and `sha256` that the message says. */
export async function* decryptFile(pieces, key, { size, sha256 }) {
  const hash = createHash('sha256');
  let index = 0;
  let length = 0;
  for await (const { chunk, isLast } of chunked(pieces, SEALED_CHUNK_BYTES)) {
    hash.update(chunk);
    const plain = decrypt(key, chunkIv(index, isLast), chunk);
    require(plain.length > 0 || index === 0, 'an empty chunk');
    length += plain.length;
    index++;
    require(isLast ? length === size : length < size, 'not of the size that was sent');
    require(!isLast || hex(hash.digest()) === sha256, 'not the file that was sent');
    yield plain;
  }
}

function chunkIv(index, isLast) {
  const iv = Buffer.alloc(12);
  iv.writeUIntBE(index, 5, 6);
  iv[11] = isLast ? 1 : 0;
  return iv;
}

/** Cuts pieces into chunks of one length; the last may be shorter, and is the only one of an empty file. */
async function* chunked(pieces, length) {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    // Only what follows tells that a whole chunk is not the last.
    while (rest.length > length) {
      yield { chunk: rest.subarray(0, length), isLast: false };
      rest = rest.subarray(length);
    }
  }
  yield { chunk: rest, isLast: true };
}

/** All bytes of pieces. */
export async function collect(pieces) {
  const all = [];
  for await (const piece of pieces) {
    all.push(piece);
  }
  return Buffer.concat(all);
}
