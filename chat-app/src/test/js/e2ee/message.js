/** Messages and deletions: the texts that are signed, and the encryption of what is inside. */
import { randomBytes } from 'node:crypto';
import { base64, decrypt, encrypt, fromBase64, fromHex, hex, hkdf, sha256 } from './bytes.js';
import { readContent, writeContent } from './content.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const NONCE_BYTES = 24;

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

/** The header of an entry of the timeline. */
export function headerOf(entry, group) {
  return {
    group,
    epoch: entry.epoch,
    sender: entry.sender_id,
    client: entry.client_id,
    sent: entry.sent_at,
    seen: entry.seen,
    expires: entry.expires_in ?? 0,
    files: entry.files.map((file) => file.sha256),
  };
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
  return 'secure-chat/v1/deletion\n'
    + `group ${group}\n`
    + `message ${message}\n`
    + `sender ${sender}\n`
    + `seen ${seen.id} ${seen.hash}\n`;
}
