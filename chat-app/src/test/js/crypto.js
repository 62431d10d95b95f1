/** The cryptography of the original client: everything secret is made and used here, not on the server. */
import { webcrypto } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** The DER head of an Ed25519 SubjectPublicKeyInfo (12 bytes, so that base64 can simply be appended). */
const SPKI_PREFIX = 'MCowBQYDK2VwAyEA';
const IV_LENGTH = 16;

export function generateKeypair() {
  const privateKey = ed25519.utils.randomPrivateKey();
  return { privateKey, publicKey: ed25519.getPublicKey(privateKey) };
}

export function publicKeyToPem(publicKey) {
  return `-----BEGIN PUBLIC KEY-----\n${SPKI_PREFIX}${base64(publicKey)}\n-----END PUBLIC KEY-----`;
}

/** The salt is never stored: whoever knows password and address can derive it again. */
export function deriveSalt(password, email) {
  return sha256(utf8ToBytes(password + email)).slice(0, 16);
}

/** The 64 hex digits that the server gets instead of the password. */
export function hashPassword(password, email) {
  return bytesToHex(argon2id(password, deriveSalt(password, email), { m: 16384, t: 2, p: 1 }));
}

/** AES-256-GCM under SHA-256 of the password; returns `{ciphertext, iv}` as base64 and hex. */
export async function encryptPrivateKey(privateKey, password) {
  const iv = randomBytes(IV_LENGTH);
  const masterKey = await webcrypto.subtle.importKey(
    'raw', sha256(utf8ToBytes(password)), 'AES-GCM', false, ['encrypt']);
  const encrypted = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, masterKey, privateKey);
  return { ciphertext: base64(new Uint8Array(encrypted)), iv: bytesToHex(iv) };
}

/** The original envelope, without `_ctx`. What is signed is the text of `{data, timestamp}`, in this order. */
export function signRequest(data, privateKey, timestamp = Math.floor(Date.now() / 1000)) {
  const digest = sha256(utf8ToBytes(JSON.stringify({ data, timestamp })));
  return { data, signature: bytesToHex(ed25519.sign(digest, privateKey)), timestamp };
}

function base64(bytes) {
  return Buffer.from(bytes).toString('base64');
}
