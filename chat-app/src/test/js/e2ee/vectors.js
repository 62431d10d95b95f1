/**
 * Runs this implementation over the test vectors: node vectors.js <docs/vectors>. Prints a line for each vector that
 * does not give what it should, and what was run; exit code 1 if there was one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FormatError, fromBase64, fromHex, hex, isHex, require, sha256 } from './bytes.js';
import { Contacts } from './contacts.js';
import { pad, paddedLength, readContent, unpad } from './content.js';
import { checkFollows, isSigned, parseStatement, requireRule, writeStatement } from './epoch.js';
import { collect, decryptFile, encryptFile, sealChunk } from './file.js';
import {
  encryptionKeyText, Identity, keyId, keyOfPem, safetyNumber, spki, verify, x25519PublicKey,
} from './identity.js';
import { deletionText, headerOf, headerText, messageKey, sealMessage, signedMessageText } from './message.js';
import { passwordKeys, unwrapIdentity, wrapIdentity } from './password.js';
import { nameOf, show } from './timeline.js';
import { Transcript } from './transcript.js';
import { encryptionKeyOf, publishedKey, unwrapKey, wrapKey } from './wrap.js';

/** For each file, what a vector gives: an object whose members are compared with the vector's of the same names. */
const RUNS = {
  password: async ({ email_utf16, password_utf16, kdf }) => {
    const { salt, stretched, passwordHash, wrappingKey } = await passwordKeys(utf16(password_utf16), utf16(email_utf16), kdf);
    return {
      salt: hex(salt), stretched: hex(stretched), password_hash: passwordHash, wrapping_key: hex(wrappingKey),
    };
  },

  'private-key': (vector) => {
    const wrappingKey = fromHex(vector.wrapping_key, 32);
    const identity = unwrapIdentity(vector, wrappingKey, vector.public_key);
    return { seed: hex(identity.seed), ...wrapIdentity(identity, wrappingKey, fromHex(vector.encryption_iv, 12)) };
  },

  identity: ({ seed, pem }) => {
    const key = keyOfPem(pem);
    equal(new Identity(fromHex(seed, 32)).key, key);
    return { public_key: key, spki: hex(spki(key)), key_id: keyId(key) };
  },

  'encryption-key': async (vector) => {
    const encryptionKey = encryptionKeyOf(vector, vector.identity_key);
    const identity = new Identity(fromHex(vector.seed, 32));
    return {
      identity_key: identity.key,
      decapsulation_seed: hex(identity.encryptionSeed()),
      signed_text: encryptionKeyText(encryptionKey),
      ...await publishedKey(identity),
    };
  },

  x25519: ({ identity_key, seed }) => {
    const publicKey = x25519PublicKey(identity_key);
    return {
      x25519_public_key: hex(publicKey),
      x25519_private_key: hex(new Identity(fromHex(seed, 32)).x25519PrivateKey()),
    };
  },

  'safety-number': ({ people }) => {
    const [one, other] = people.map(({ username, identity_key }) => ({ name: username, key: identity_key }));
    return { safety_number: safetyNumber(one, other) };
  },

  'epoch-statement': (vector) => {
    const statement = parseStatement(vector.statement);
    requireSigned(statement, vector.statement_signature);
    const members = vector.members.map(
      ({ user_id, role, identity_key, username }) => ({ id: user_id, role, key: identity_key, name: username }));
    const written = writeStatement({ ...vector, key: vector.key_commitment, members: [...members].reverse() });
    return {
      statement: written.text,
      statement_hash: hex(statement.hash),
      statement_signature: new Identity(fromHex(vector.seed, 32)).sign(statement.text),
    };
  },

  'epoch-rules': ({ previous, statement: text, statement_signature, left }) => {
    const statement = parseStatement(text);
    if (previous == null) {
      checkFollows(statement, null);
      requireRule(isSigned(statement, statement_signature), 'not signed by its author');
    } else {
      checkFollows(statement, parseStatement(previous), left);
      requireSigned(statement, statement_signature);
    }
    return { accepted: true };
  },

  'wrapped-key': async ({ statement: text, user_id, seed, key_data, suite, encryption_key, randomness }) => {
    const statement = parseStatement(text);
    const identity = new Identity(fromHex(seed, 32));
    const conversationKey = await unwrapKey(key_data, statement, { id: user_id, identity });
    const encryptionKey = suite === 2 ? fromBase64(encryption_key) : null;
    const recipient = { id: user_id, key: identity.key, encryptionKey };
    const again = await wrapKey(conversationKey, statement, recipient, Buffer.from(randomness, 'hex'));
    return { conversation_key: hex(conversationKey), key_data: again, associated_data: hex(statement.hash) };
  },

  message: (vector) => {
    const { transcript } = verified(vector);
    const entry = vector.entries.at(-1);
    requireValid(transcript.entries.at(-1));
    const header = headerOf(entry, transcript.group);
    const key = fromHex(vector.conversation_key, 32);
    const derived = messageKey(key, entry.nonce, header);
    const row = show(transcript, new Map([[header.epoch, key]]), 0).at(-1);
    return {
      header: headerText(header),
      derived_key: hex(derived.key),
      derived_iv: hex(derived.iv),
      signed_text: signedMessageText(header, entry.content_hash),
      shown: contentOf(row),
    };
  },

  padding: ({ length, padded }) => {
    if (padded !== undefined) {
      unpad(Buffer.from(padded, 'hex'));
    }
    equal(unpad(pad(Buffer.alloc(length))).length, length);
    return { padded_length: paddedLength(length + 1) };
  },

  content: ({ json, json_bytes, content: expected }) => {
    const bytes = json_bytes === undefined ? Buffer.from(json) : Buffer.from(json_bytes, 'hex');
    const files = (expected?.files ?? []).map((file) => file.sha256);
    const content = contentOf(readContent(pad(bytes), { files }));
    if (content.type === 'unknown') {
      throw Object.assign(new Error('unknown'), { reason: 'unknown_content', claimed_type: content.claimed_type });
    }
    return { content };
  },

  deletion: ({ group, message, sender_id, seen, identity_key, signature, seed }) => {
    const text = deletionText({ group, message, sender: sender_id, seen });
    require(isHex(signature, 64), 'not a signature');
    require(verify(identity_key, text, signature), 'not signed', 'invalid_signature');
    return { signed_text: text, signature: new Identity(fromHex(seed, 32)).sign(text) };
  },

  timeline: (vector) => {
    const { transcript } = verified(vector);
    const keys = new Map(vector.conversation_keys.map(({ epoch, key }) => [epoch, fromHex(key, 32)]));
    const now = Date.parse(vector.now);
    const rows = show(transcript, keys, now);
    rows.filter((row) => row.kind === 'invalid').forEach((row) => requireValid({ ...row, invalid: row.reason }));
    return { shown: rows.map(shownRow), conversation_name: nameOf(transcript, keys, now) };
  },

  transcript: (vector) => ({ verified: verified(vector).verdicts }),
  'transcript-epochs': (vector) => ({ verified: verified(vector).verdicts }),

  file: async ({ key: keyHex, size, change, announced_size, announced_sha256 }) => {
    const key = fromHex(keyHex, 32);
    const plain = Buffer.from(Uint8Array.from({ length: size }, (_, at) => at % 251));
    const good = await collect(encryptFile([plain], key));
    if (change) {
      return { released: await released(changed(good, change, plain, key), key, announced_size, announced_sha256) };
    }
    const hash = hex(sha256(good));
    equal((await collect(decryptFile([good], key, { size, sha256: hash }))).equals(plain), true);
    return {
      ciphertext_size: good.length,
      first: hex(good.subarray(0, 32)),
      last: hex(good.subarray(-32)),
      sha256: hash,
    };
  },
};

function utf16(units) {
  return String.fromCharCode(...units.split(' ').filter(Boolean).map((unit) => parseInt(unit, 16)));
}

function equal(actual, expected) {
  if (actual !== expected) {
    throw new Error(`${actual} instead of ${expected}`);
  }
}

function requireSigned(statement, signature) {
  require(isSigned(statement, signature), 'not signed by its author', 'invalid_signature');
}

function requireValid({ id, invalid }) {
  if (invalid) {
    throw Object.assign(new Error('an invalid entry'), { reason: invalid, entry: id });
  }
}

/** A log, taken in: `{transcript, verdicts}`. */
function verified({ viewer, pinned = [], sent = [], first_epoch, entries }) {
  const person = ({ user_id, username, identity_key }) => ({ id: user_id, key: identity_key, name: username });
  const me = person(viewer);
  const contacts = new Contacts();
  contacts.meet(pinned.map(person));
  const transcript = new Transcript(me, contacts, first_epoch);
  sent.forEach(({ id, signature }) => transcript.expectAt(id, signature));
  entries.forEach((entry) => transcript.take(entry));
  return { transcript, verdicts: transcript.entries.map((entry) => verdict(entry, transcript.hashAt(entry.id))) };
}

function verdict({ id, kind, stub, invalid }, running_hash) {
  if (invalid) {
    return { id, verdict: 'invalid', reason: invalid, running_hash };
  }
  return { id, verdict: stub ? 'hidden' : kind, running_hash };
}

/** A content as the vectors have it. */
function contentOf(row) {
  switch (row.type) {
    case 'text': return { type: 'text', body: row.body, reply_to: row.reply_to };
    case 'edit': return { type: 'edit', target: row.target, body: row.body };
    case 'reaction': return { type: 'reaction', target: row.target, emoji: row.emoji };
    case 'name': return { type: 'name', name: row.name };
    case 'file': return {
      type: 'file', files: row.files.map((file) => ({ ...file, key: hex(fromBase64(file.key)) })), body: row.body,
    };
    default: return { type: 'unknown', claimed_type: row.claimed_type ?? null };
  }
}

function shownRow({ id, kind, sender, cause, epoch, changes, edited, replied, reactions, expiresAt, ...content }) {
  switch (kind) {
    case 'epoch': return { id, shown: 'epoch', changes };
    case 'locked': return { id, shown: 'locked', epoch };
    case 'gone': return { id, shown: cause };
    default: return {
      id,
      shown: 'message',
      sender_id: sender,
      content: contentOf(content),
      edited,
      reply_to: replied,
      reactions: Object.entries(reactions).map(([emoji, user_ids]) => ({ emoji, user_ids })),
      expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString().replace('.000Z', 'Z'),
    };
  }
}

/** What becomes of a good ciphertext. */
function changed(good, change, plain, key) {
  switch (change.operation) {
    case 'none': return good;
    case 'cut': return good.subarray(0, change.length);
    case 'append': return Buffer.concat([good, Buffer.from(change.bytes, 'hex')]);
    case 'flip_lowest_bit': {
      const flipped = Buffer.from(good);
      flipped[change.at] ^= 1;
      return flipped;
    }
    case 'chunks': return Buffer.concat(change.order.map((at) => good.subarray(at * 65_552, (at + 1) * 65_552)));
    case 'seal': return Buffer.concat(change.chunks.map(
      ({ number, last, from, length }) => sealChunk(key, number, last, plain.subarray(from, from + length))));
    default: throw new Error(`unknown operation ${change.operation}`);
  }
}

/** Throws with the number of bytes that were given out before the damage showed. */
async function released(ciphertext, key, size, sha256Hex) {
  let given = 0;
  try {
    for await (const chunk of decryptFile([ciphertext], key, { size, sha256: sha256Hex })) {
      given += chunk.length;
    }
  } catch (error) {
    throw error instanceof FormatError ? Object.assign(error, { reason: 'damaged_file', given }) : error;
  }
  return given;
}

/** What is wrong with the outcome of a vector, or null. */
async function judge(run, vector) {
  let result;
  try {
    result = await run(vector);
  } catch (error) {
    return vector.failure === undefined ? `threw ${error.reason ?? error.stack}` : judgeFailure(vector, error);
  }
  if (vector.failure !== undefined) {
    return `gave a result instead of ${vector.failure}`;
  }
  for (const [name, value] of Object.entries(result)) {
    if (!isDeepStrictEqual(value, vector[name])) {
      return `${name} is ${JSON.stringify(value)} instead of ${JSON.stringify(vector[name])}`;
    }
  }
  return null;
}

function judgeFailure(vector, error) {
  if (error.reason !== vector.failure) {
    return `ended in ${error.reason ?? error.stack} instead of ${vector.failure}`;
  }
  if (vector.entry !== undefined && error.entry !== vector.entry) {
    return `blamed entry ${error.entry} instead of ${vector.entry}`;
  }
  if (error.given > vector.released_at_most) {
    return `gave out ${error.given} bytes instead of ${vector.released_at_most}`;
  }
  if (vector.claimed_type !== undefined && error.claimed_type !== vector.claimed_type) {
    return `claims type ${error.claimed_type} instead of ${vector.claimed_type}`;
  }
  return null;
}

const [folder] = process.argv.slice(2);
let wrong = 0;
for (const [file, run] of Object.entries(RUNS)) {
  const { cases, refused } = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'));
  for (const vector of [...cases, ...refused]) {
    const fault = await judge(run, vector);
    if (fault) {
      wrong++;
      console.log(`${file}: ${vector.name}: ${fault}`);
    }
  }
  console.log(`${file}: ${cases.length} cases, ${refused.length} refused`);
}
console.log(wrong === 0 ? 'vectors: ok' : `vectors: ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
