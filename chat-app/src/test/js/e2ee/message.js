/** Messages and deletions: the texts that are signed, and the encryption of what is inside. */
import { randomBytes } from 'node:crypto';
import { base64, decrypt, encrypt, fromBase64, fromHex, hex, hkdf, isHex, isWhole, require, sha256 } from './bytes.js';
import { MAX_FILES, readContent, writeContent } from './content.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const NONCE_BYTES = 24;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The header of `{group, epoch, sender, client, sent, seen, expires, files}`. */
export function headerText({ group, epoch, sender, client, sent, seen, expires, files }) {
  return 'secure-chat/v1/message\n'
    + `group ${group}\n`
    + `epoch ${epoch}\n`
    + `sender ${sender}\n`
    + `client ${client}\n`
    + `sent ${sent}\n`
    + `seen ${seen.id} ${seen.hash}\n`
    + `expires ${expires}\n`
    + `files ${files.join(',') || '-'}\n`;
}

/** The header of an entry of the timeline; throws if it can't be the header of a message. */
export function headerOf(entry, group) {
  const header = {
    group,
    epoch: entry.epoch,
    sender: entry.sender_id,
    client: entry.client_id,
    sent: entry.sent_at,
    seen: entry.seen,
    expires: entry.expires_in ?? 0,
    files: entry.files.map((file) => file.sha256),
  };
  const { epoch, sender, client, sent, seen, expires, files } = header;
  require(isWhole(epoch, 1) && isWhole(sender, 1), 'not an epoch or id');
  require(UUID.test(client), 'not a UUID in lower case');
  require(isWhole(sent, 0) && isWhole(expires, 0), 'not a time');
  require(isWhole(seen.id, 0) && isHex(seen.hash, 32), 'not a place in the log');
  require(files.length <= MAX_FILES && files.every((hash) => isHex(hash, 32)), 'not the hashes of files');
  return header;
}

export function signedMessageText(header, contentHash) {
  return `${headerText(header)}content ${contentHash}\n`;
}

/** Hex of the hash that stands for nonce and ciphertext, also when they are gone. */
export function contentHash(nonce, content) {
  return hex(sha256(fromHex(nonce, NONCE_BYTES), fromBase64(content)));
}

/** Encrypts and signs; returns `{nonce, content, content_hash, signature}` as the server takes and gives them. */
export function sealMessage(content, header, conversationKey, identity, nonceBytes = randomBytes(NONCE_BYTES)) {
  const nonce = hex(nonceBytes);
  const { key, iv } = messageKey(conversationKey, nonce, header);
  const sealed = base64(encrypt(key, iv, writeContent(content), headerText(header)));
  const content_hash = contentHash(nonce, sealed);
  return { nonce, content: sealed, content_hash, signature: identity.sign(signedMessageText(header, content_hash)) };
}

/** The content of a message whose signature has been verified. Throws if this is not the key. */
export function openMessage({ nonce, content }, header, conversationKey) {
  const { key, iv } = messageKey(conversationKey, nonce, header);
  return readContent(decrypt(key, iv, fromBase64(content), headerText(header)), header);
}

export function messageKey(conversationKey, nonce, header) {
  const bytes = hkdf(conversationKey, headerText(header), KEY_BYTES + IV_BYTES, fromHex(nonce, NONCE_BYTES));
  return { key: bytes.subarray(0, KEY_BYTES), iv: bytes.subarray(KEY_BYTES) };
}

export function deletionText({ group, message, sender, seen }) {
  require(isHex(group, 32) && isHex(seen.hash, 32), 'not 64 hex digits');
  require(isWhole(message, 1) && isWhole(sender, 1) && isWhole(seen.id, 0), 'not an id');
  return 'secure-chat/v1/deletion\n'
    + `group ${group}\n`
    + `message ${message}\n`
    + `sender ${sender}\n`
    + `seen ${seen.id} ${seen.hash}\n`;
}
