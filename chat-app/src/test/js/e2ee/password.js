/** What a password and an address give: the server's proof of it, and the key that wraps the private key. */
import { randomBytes } from 'node:crypto';
import * as noble from '@noble/hashes/argon2.js';
import { argon2id } from 'hash-wasm';
import { base64, decrypt, encrypt, fromBase64, fromHex, hex, hkdf, require, sha256, utf8 } from './bytes.js';
import { Identity } from './identity.js';

const PRIVATE_KEY_LABEL = 'secure-chat/v1/private-key';
const IV_BYTES = 12;

export const KDF = { algorithm: 'argon2id', memory_kib: 64 * 1024, iterations: 3, parallelism: 1 };
const MAX_KDF = { memory_kib: 1024 * 1024, iterations: 16, parallelism: 4 };

/** Promises `{salt, stretched, passwordHash, wrappingKey}`; takes its time. */
export async function passwordKeys(password, email, kdf = KDF) {
  checkKdf(kdf);
  const secret = utf8(password.normalize('NFC'));
  const address = utf8(lowerAscii(email.normalize('NFC')));
  const salt = sha256('secure-chat/v1/salt\n', address, '\n', secret).subarray(0, 16);
  const stretched = await stretch(secret, salt, kdf);
  return {
    salt,
    stretched,
    passwordHash: hex(hkdf(stretched, 'secure-chat/v1/login', 32)),
    wrappingKey: hkdf(stretched, PRIVATE_KEY_LABEL, 32),
  };
}

/** In WebAssembly, which is ten times as fast and refuses the empty password; that is left to JavaScript. */
async function stretch(password, salt, { memory_kib, iterations, parallelism }) {
  if (password.length === 0) {
    return Buffer.from(noble.argon2id(password, salt, { m: memory_kib, t: iterations, p: parallelism, dkLen: 32 }));
  }
  return Buffer.from(await argon2id({
    password, salt, memorySize: memory_kib, iterations, parallelism, hashLength: 32, outputType: 'binary',
  }));
}

/** Refuses what would be weak or would take all memory, whatever the server says. */
function checkKdf(kdf) {
  require(kdf.algorithm === KDF.algorithm, 'unknown key derivation');
  for (const name of Object.keys(MAX_KDF)) {
    require(
      Number.isSafeInteger(kdf[name]) && kdf[name] >= KDF[name] && kdf[name] <= MAX_KDF[name],
      `key derivation with ${name} out of range`);
  }
}

function lowerAscii(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The two members of an account that only the password opens. */
export function wrapIdentity(identity, wrappingKey, iv = randomBytes(IV_BYTES)) {
  return {
    encrypted_private_key: base64(encrypt(wrappingKey, iv, identity.seed, PRIVATE_KEY_LABEL)),
    encryption_iv: hex(iv),
  };
}

/** The identity that a wrapping key opens; throws if its public key is not the one (in hex) in its owner's name. */
export function unwrapIdentity({ encrypted_private_key, encryption_iv }, wrappingKey, publicKey) {
  const iv = fromHex(encryption_iv, IV_BYTES);
  const seed = decrypt(wrappingKey, iv, fromBase64(encrypted_private_key), PRIVATE_KEY_LABEL);
  require(seed.length === 32, 'not an Ed25519 seed');
  const identity = new Identity(seed);
  require(identity.key === publicKey, 'the server names another key for this user', 'foreign_key');
  return identity;
}
