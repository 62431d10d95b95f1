/** Who somebody is: the Ed25519 key, what follows from it, and the comparison of two people's keys by hand. */
import { createHash } from 'node:crypto';
import { ed25519, edwardsToMontgomeryPub } from '@noble/curves/ed25519.js';
import { fromBase64, fromHex, hex, hkdf, isHex, require, sha256, utf8 } from './bytes.js';

/** The DER head of an Ed25519 SubjectPublicKeyInfo. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const SAFETY_ROUNDS = 5200;

/** An identity key pair, of its 32-byte seed. */
export class Identity {
  constructor(seed) {
    this.seed = Buffer.from(seed);
    this.key = hex(ed25519.getPublicKey(this.seed));
  }

  /** The hex signature over a text or bytes. */
  sign(text) {
    return hex(ed25519.sign(Buffer.from(text), this.seed));
  }

  /** The decapsulation seed of the one X-Wing key pair that belongs to this identity. */
  encryptionSeed() {
    return hkdf(this.seed, 'secure-chat/v1/x-wing', 32);
  }

  /** The private key by which clients that publish no encryption key are reached. */
  x25519PrivateKey() {
    return createHash('sha512').update(this.seed).digest().subarray(0, 32);
  }
}

export function spki(key) {
  return Buffer.concat([SPKI_HEAD, fromHex(key, 32)]);
}

export function keyId(key) {
  return hex(sha256(spki(key)));
}

/** The public key in hex, of PEM as accounts have it. */
export function keyOfPem(pem) {
  const der = fromBase64(String(pem).replace(/-----(BEGIN|END) PUBLIC KEY-----|\s/g, ''));
  const key = requireSoundKey(hex(der.subarray(SPKI_HEAD.length)));
  require(spki(key).equals(der), 'not an Ed25519 key');
  return key;
}

/** The X25519 public key that belongs to an identity key. */
export function x25519PublicKey(key) {
  return Buffer.from(edwardsToMontgomeryPub(fromHex(requireSoundKey(key), 32)));
}

/** Whether 64 hex digits are an identity key: canonical and of prime order. */
export function isSoundKey(key) {
  return isHex(key, 32) && primeOrderPoint(Buffer.from(key, 'hex')) !== null;
}

function requireSoundKey(key) {
  require(isSoundKey(key), 'not an identity key');
  return key;
}

export function isName(name) {
  return /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,24}$/.test(name);
}

/**
 * Verifies strictly: the key and R are canonical and of prime order, and S < L. Noble multiplies by the cofactor; with
 * both points of prime order that is the same as comparing R byte for byte.
 */
export function verify(key, text, signature) {
  if (!isSoundKey(key) || !isHex(signature, 64)) {
    return false;
  }
  const bytes = Buffer.from(signature, 'hex');
  return primeOrderPoint(bytes.subarray(0, 32)) !== null
    && ed25519.verify(bytes, Buffer.from(text), Buffer.from(key, 'hex'), { zip215: false });
}

function primeOrderPoint(bytes) {
  try {
    const point = ed25519.Point.fromHex(bytes, false);
    return !point.is0() && point.isTorsionFree() ? point : null;
  } catch {
    return null;
  }
}

/** What an identity signs to publish its encryption key. */
export function encryptionKeyText(encryptionKey) {
  return `secure-chat/v1/encryption-key\n${hex(sha256(encryptionKey))}\n`;
}

/** The 60 digits that two people compare; each is `{key, name}`. */
export function safetyNumber(one, other) {
  return [safetyBlock(one), safetyBlock(other)].sort().join('');
}

function safetyBlock({ key, name }) {
  require(isName(name), 'not a name');
  const der = spki(requireSoundKey(key));
  let hash = Buffer.concat([Buffer.alloc(2), der, utf8(name)]);
  for (let round = 0; round < SAFETY_ROUNDS; round++) {
    hash = createHash('sha512').update(hash).update(der).digest();
  }
  const groups = [0, 5, 10, 15, 20, 25].map((at) => hash.readUIntBE(at, 5) % 100_000);
  return groups.map((group) => String(group).padStart(5, '0')).join('');
}
