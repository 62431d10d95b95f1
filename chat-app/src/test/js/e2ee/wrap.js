/** The conversation key, wrapped for one member: HPKE in mode base, by X-Wing or by X25519. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { base64, fromBase64, hex, isHex, require, sha256 } from './bytes.js';
import { encryptionKeyText, isSoundKey, verify, x25519PublicKey } from './identity.js';

const X25519 = 0x01;
const X_WING = 0x02;
const SUITES = new Map([
  [X25519, suite(new DhkemX25519HkdfSha256())],
  [X_WING, suite(new XWing())],
]);
const ENCRYPTION_KEY_BYTES = 1216;

function suite(kem) {
  return new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** What HPKE's library takes: a buffer of just these bytes. */
function exact(bytes) {
  return new Uint8Array(Buffer.from(bytes)).buffer;
}

/** The X-Wing key that an identity publishes, with its signature: two members of an account. */
export async function publishedKey(identity) {
  const { kem } = SUITES.get(X_WING);
  const { publicKey } = await kem.generateKeyPairDerand(new Uint8Array(exact(identity.encryptionSeed())));
  const key = Buffer.from(await kem.serializePublicKey(publicKey));
  return { encryption_key: base64(key), encryption_key_signature: identity.sign(encryptionKeyText(key)) };
}

/** The published X-Wing key of a user, or null for none; throws if it isn't signed by the user's identity. */
export function encryptionKeyOf({ encryption_key, encryption_key_signature }, identityKey) {
  if (encryption_key == null && encryption_key_signature == null) {
    return null;
  }
  const key = fromBase64(encryption_key);
  require(key.length === ENCRYPTION_KEY_BYTES, 'not an X-Wing key');
  require(isSoundKey(identityKey) && isHex(encryption_key_signature, 64), 'not a key or signature');
  const isSigned = verify(identityKey, encryptionKeyText(key), encryption_key_signature);
  require(isSigned, 'not signed by its owner', 'invalid_signature');
  return key;
}

/**
 * Wraps for `{id, key, encryptionKey}`, the last null where none is published. Returns `key_data`. Only tests give the
 * randomness of the encapsulation.
 */
export async function wrapKey(conversationKey, statement, recipient, randomness = undefined) {
  const number = recipient.encryptionKey ? X_WING : X25519;
  const hpke = SUITES.get(number);
  const publicKey = recipient.encryptionKey ?? x25519PublicKey(recipient.key);
  const { enc, ct } = await hpke.seal(
    {
      recipientPublicKey: await hpke.kem.deserializePublicKey(exact(publicKey)),
      info: exact(wrapInfo(statement, recipient.id)),
      ...(randomness && { ekm: exact(randomness) }),
    },
    exact(conversationKey),
    exact(statement.hash));
  return base64(Buffer.concat([Buffer.from([number]), Buffer.from(enc), Buffer.from(ct)]));
}

/** The conversation key of a statement, for its member `{id, identity}`; throws if it isn't the one that all have. */
export async function unwrapKey(keyData, statement, recipient) {
  const bytes = fromBase64(keyData);
  const hpke = SUITES.get(bytes[0]);
  require(hpke, 'unknown suite', 'malformed');
  const end = 1 + hpke.kem.encSize;
  const privateKey = bytes[0] === X_WING ? recipient.identity.encryptionSeed() : recipient.identity.x25519PrivateKey();
  let key;
  try {
    key = Buffer.from(await hpke.open(
      {
        recipientKey: await hpke.kem.deserializePrivateKey(exact(privateKey)),
        enc: exact(bytes.subarray(1, end)),
        info: exact(wrapInfo(statement, recipient.id)),
      },
      exact(bytes.subarray(end)),
      exact(statement.hash)));
  } catch {
    require(false, 'wrapped for somebody or something else', 'does_not_open');
  }
  require(key.length === 32, 'not a conversation key', 'malformed');
  require(hex(keyCommitment(key)) === statement.key, 'not the key of this epoch', 'another_key');
  return key;
}

function wrapInfo(statement, recipientId) {
  return `secure-chat/v1/wrap\n${statement.group}\n${statement.epoch}\n${recipientId}\n`;
}

export function keyCommitment(conversationKey) {
  return sha256('secure-chat/v1/key-commitment', conversationKey);
}
