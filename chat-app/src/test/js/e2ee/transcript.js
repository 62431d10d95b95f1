/** The log of a conversation as one member verifies it, entry by entry. */
import { FormatError, fromHex, hex, isHex, require, sha256 } from './bytes.js';
import { checkFollows, memberOf, parseStatement, ZEROS } from './epoch.js';
import { verify } from './identity.js';
import { contentHash, deletionText, headerOf, signedMessageText } from './message.js';

/** The server has shown what no honest server shows. `entry` is where, `reason` a word for programs. */
export class ServerFault extends Error {
  name = 'ServerFault';

  constructor(entry, reason, message = reason) {
    super(`entry ${entry}: ${message}`);
    this.entry = entry;
    this.reason = reason;
  }
}

/** C(n), of C(n-1) and entry n. */
export function chainHash(before, { id, kind, sender, epoch, body, signature }) {
  const text = `entry ${id} ${kind} ${sender} ${epoch}\nbody ${body}\nsig ${signature}\n`;
  return hex(sha256('secure-chat/v1/chain\n', fromHex(before, 32), text));
}

export class Transcript {
  /** The entries so far, from the first that this member sees. */
  entries = [];
  /** Statements by epoch, with the `entry` that they stand at. */
  epochs = new Map();
  #hashes = new Map();
  #start;
  #firstEpoch;
  #clients = new Set();
  #own = new Map();
  #broken = null;

  /**
   * @param me `{id, key, name}` of the member who verifies
   * @param contacts where people are pinned
   * @param first `{entry, statement}`: the first epoch that the member sees and the entry that it stands at
   */
  constructor(me, contacts, first) {
    this.me = me;
    this.contacts = contacts;
    this.group = first.statement.group;
    this.#firstEpoch = first;
    // Who was added later trusts the author of the epoch for what lies before.
    this.#start = first.statement.seen;
    this.#hashes.set(this.#start.id, this.#start.hash);
    this.last = this.#start.id;
  }

  /** The last entry that was taken in, and the running hash there. */
  get seen() {
    return { id: this.last, hash: this.#hashes.get(this.last) };
  }

  /** The newest statement, or null before the first. */
  get newest() {
    return [...this.epochs.values()].at(-1) ?? null;
  }

  /** The running hash at an entry; undefined before the first that this member sees. */
  hashAt(id) {
    return this.#hashes.get(id);
  }

  /** Remembers a message of one's own that is on its way, so that it can't be changed. */
  expectOwn(client, signature) {
    this.#own.set(client, (this.#own.get(client) ?? new Set()).add(signature));
  }

  /**
   * Takes the next entry in, as the server gives it. A member's fault makes the entry `invalid`. The server's is thrown
   * as a ServerFault, by this call and all that follow; somebody's changed identity as a ChangedIdentity.
   */
  take(entry) {
    if (this.#broken) {
      throw this.#broken;
    }
    try {
      this.#takeIn(entry);
    } catch (error) {
      const isMalformed = error instanceof FormatError || error instanceof TypeError;
      const thrown = isMalformed ? new ServerFault(entry?.id, 'malformed', error.message) : error;
      this.#broken = thrown instanceof ServerFault ? thrown : null;
      throw thrown;
    }
  }

  #takeIn(entry) {
    this.#require(entry, entry.id === this.last + 1, 'gap');
    const isBefore = entry.id < this.#firstEpoch.entry;
    this.#require(entry, Boolean(entry.stub) === isBefore, 'stub');
    const verified = isBefore ? this.#stub(entry) : this.#verify(entry);
    const epoch = isBefore ? entry.epoch : this.newest.epoch;
    const hash = chainHash(this.seen.hash, { ...verified, sender: entry.sender_id, epoch });
    this.#hashes.set(entry.id, hash);
    this.last = entry.id;
    this.entries.push(verified);
  }

  #require(entry, condition, reason, message) {
    if (!condition) {
      throw new ServerFault(entry.id, reason, message);
    }
  }

  /** What lies between what the epoch's author had seen and the epoch: enough for the running hash. */
  #stub({ id, kind, sender_id, body_hash, signature }) {
    require(['message', 'epoch', 'deletion'].includes(kind), 'unknown kind');
    require(isHex(body_hash, 32) && isHex(signature, 64), 'not a stub');
    return { id, kind, sender: sender_id, stub: true, body: body_hash, signature };
  }

  #verify(entry) {
    if (entry.kind === 'epoch') {
      return this.#epoch(entry);
    }
    this.#require(entry, this.newest, 'epoch', 'epoch 1 is entry 1');
    require(entry.kind === 'message' || entry.kind === 'deletion', 'unknown kind');
    return entry.kind === 'message' ? this.#message(entry) : this.#deletion(entry);
  }

  #epoch(entry) {
    const { id, sender_id, statement: text, statement_signature: signature } = entry;
    let statement;
    try {
      statement = parseStatement(text);
      this.#checkEpoch(entry, statement);
    } catch (error) {
      if (error instanceof FormatError) {
        throw new ServerFault(id, 'epoch', error.message);
      }
      throw error;
    }
    this.#checkSeen(entry, statement.seen);
    this.contacts.meet(statement.members);
    this.epochs.set(statement.epoch, { ...statement, entry: id, createdAt: Date.parse(entry.created_at) });
    return { id, kind: 'epoch', sender: sender_id, statement, body: hex(statement.hash), signature };
  }

  #checkEpoch({ id, sender_id, epoch, statement_signature }, statement) {
    const isFirst = id === this.#firstEpoch.entry;
    require(isFirst === (this.newest === null), 'not the first epoch');
    require(!isFirst || statement.text === this.#firstEpoch.statement.text, 'not the epoch that was told of');
    require((statement.epoch === 1) === (id === 1), 'epoch 1 is entry 1');
    require(statement.group === this.group, 'of another group');
    require(statement.author === sender_id && statement.epoch === epoch, 'not as the entry says');
    checkFollows(statement, this.newest);
    const author = memberOf(statement, statement.author);
    require(verify(author.key, statement.text, statement_signature), 'not signed by its author');
    const mine = memberOf(statement, this.me.id);
    require(!mine || (mine.key === this.me.key && mine.name === this.me.name), 'names this user with another key');
    require(mine || !isFirst, 'does not name this user');
  }

  #message(entry) {
    const header = headerOf(entry, this.group);
    if (entry.content !== null) {
      require(contentHash(entry.nonce, entry.content) === entry.content_hash, 'not the content that was hashed');
    }
    const text = signedMessageText(header, entry.content_hash);
    const verified = this.#signed(entry, text, header.epoch);
    Object.assign(verified, { header, createdAt: Date.parse(entry.created_at), files: entry.files });
    Object.assign(verified, { nonce: entry.nonce, content: entry.content });
    if (verified.invalid === 'signature') {
      return verified;
    }
    this.#require(entry, header.epoch === this.newest.epoch, 'stale-epoch');
    if (verified.invalid) {
      return verified;
    }
    this.#checkSeen(entry, header.seen);
    this.#checkOnce(entry);
    if (header.seen.id < this.newest.entry) {
      verified.invalid = 'seen-before-epoch';
    }
    return verified;
  }

  #deletion(entry) {
    const { deleted_id: target, sender_id: sender, seen } = entry;
    const text = deletionText({ group: this.group, message: target, sender, seen });
    const verified = this.#signed(entry, text, this.newest.epoch);
    if (!verified.invalid) {
      this.#checkSeen(entry, seen);
    }
    const isAdmin = memberOf(this.newest, sender)?.role === 'admin';
    return { ...verified, target, seen, isAdmin };
  }

  /** An entry with its signed text, `invalid` unless a member has signed it. */
  #signed(entry, text, epoch) {
    const { id, kind, sender_id: sender, signature } = entry;
    const body = hex(sha256(text));
    const verified = { id, kind, sender, body, signature, invalid: null };
    const pinned = memberOf(this.epochs.get(epoch) ?? this.newest, sender);
    if (!memberOf(this.newest, sender) && !pinned) {
      return { ...verified, invalid: 'sender' };
    }
    const { key } = pinned ?? memberOf(this.newest, sender);
    return verify(key, text, signature) ? verified : { ...verified, invalid: 'signature' };
  }

  #checkSeen(entry, seen) {
    this.#require(entry, seen.id < entry.id, 'seen-ahead');
    // What lies before the start, this member can't compare.
    const isSame = seen.id < this.#start.id || this.#hashes.get(seen.id) === seen.hash;
    this.#require(entry, isSame, 'seen-mismatch', 'the sender has seen another log');
  }

  #checkOnce({ id, sender_id, client_id, signature }) {
    const sent = `${sender_id} ${client_id}`;
    this.#require({ id }, !this.#clients.has(sent), 'repeated');
    this.#clients.add(sent);
    const own = sender_id === this.me.id ? this.#own.get(client_id) : undefined;
    this.#require({ id }, !own || own.has(signature), 'own', 'not as it was sent');
  }
}

/** The first epoch of a conversation: `{entry, statement}` for a Transcript. */
export function firstEpoch(entry, text) {
  const statement = parseStatement(text);
  if (statement.epoch === 1) {
    require(statement.seen.id === 0 && statement.seen.hash === ZEROS, 'before epoch 1 there is nothing to see');
  }
  return { entry, statement };
}
