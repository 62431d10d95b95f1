/** The log of a conversation as one member verifies it, entry by entry. */
import { FormatError, fromHex, hex, isHex, require, sha256 } from './bytes.js';
import { checkFollows, isSigned, memberOf, parseStatement, requireRule } from './epoch.js';
import { verify } from './identity.js';
import { contentHash, deletionText, headerOf, signedMessageText } from './message.js';

/** The server has shown what no honest server shows. `entry` is where, `reason` as in docs/vectors. */
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
  #senders = new Map();
  #stubEpoch = null;
  #clients = new Set();
  #placed = new Map();
  #broken = null;

  /**
   * Starts where the history of a member begins.
   *
   * @param me `{id, key, name}` of the member who verifies
   * @param contacts where people are pinned
   * @param first the first epoch that the server has for the member, as `GET …/epochs` gives it
   */
  constructor(me, contacts, first) {
    this.me = me;
    this.contacts = contacts;
    this.first = { entry: first.entry_id, ...this.#guarded(first.entry_id, () => this.#readFirst(first)) };
    this.group = this.first.group;
    // Who was added later trusts the author of the epoch for what lies before.
    this.last = this.first.seen.id;
    this.#hashes.set(this.last, this.first.seen.hash);
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

  /** Remembers what the server has answered: where something of one's own stands. */
  expectAt(id, signature) {
    this.#placed.set(id, signature);
  }

  /**
   * Takes the next entry in, as the server gives it. A member's fault makes the entry `invalid`. The server's is thrown
   * as a ServerFault, by this call and all that follow; somebody's changed identity as a ChangedIdentity.
   */
  take(entry) {
    if (this.#broken) {
      throw this.#broken;
    }
    this.#guarded(entry.id, () => this.#takeIn(entry));
  }

  /** What is not even in the form of an entry is the server's fault, too. */
  #guarded(id, run) {
    try {
      return run();
    } catch (error) {
      const isForm = error instanceof FormatError || error instanceof TypeError;
      const thrown = isForm ? new ServerFault(id, error.reason ?? 'invalid_value', error.message) : error;
      this.#broken = thrown instanceof ServerFault ? thrown : null;
      throw thrown;
    }
  }

  #readFirst({ entry_id, statement: text, statement_signature: signature }) {
    const statement = readStatement(text);
    requireRule((statement.epoch === 1) === (entry_id === 1), 'epoch 1 is entry 1');
    requireRule(statement.seen.id < entry_id, 'has seen itself');
    requireRule(memberOf(statement, this.me.id), 'does not name this user');
    checkFollows(statement, null);
    requireRule(isSigned(statement, signature), 'not signed by its author');
    this.contacts.meet([this.me]);
    this.contacts.meet(statement.members);
    return statement;
  }

  #takeIn(entry) {
    this.#require(entry, entry.id === this.last + 1, 'gap');
    const placed = this.#placed.get(entry.id);
    this.#require(entry, !placed || entry.signature === placed, 'own_entry_changed');
    const verified = entry.id < this.first.entry ? this.#stub(entry) : this.#verify(entry);
    const epoch = entry.id < this.first.entry ? entry.epoch : this.newest.epoch;
    this.#hashes.set(entry.id, chainHash(this.seen.hash, { ...verified, epoch }));
    this.last = entry.id;
    this.entries.push(verified);
  }

  #require(entry, condition, reason) {
    if (!condition) {
      throw new ServerFault(entry.id, reason);
    }
  }

  /** What lies between what the epoch's author had seen and the epoch: enough for the running hash. */
  #stub(entry) {
    const { id, kind, sender_id: sender, epoch, stub, body_hash: body, signature } = entry;
    this.#require(entry, stub, 'other_beginning');
    require(['message', 'epoch', 'deletion'].includes(kind), 'unknown kind');
    require(isHex(body, 32) && isHex(signature, 64), 'not a stub');
    const expected = this.#stubEpoch + (kind === 'epoch' ? 1 : 0);
    this.#require(entry, this.#stubEpoch === null || epoch === expected, 'other_epoch');
    this.#stubEpoch = epoch;
    return { id, kind, sender, stub, body, signature };
  }

  #verify(entry) {
    if (entry.id === this.first.entry) {
      this.#require(entry, entry.kind === 'epoch' && !entry.stub, 'other_beginning');
      this.#require(entry, entry.statement === this.first.text, 'other_beginning');
      this.#require(entry, this.#stubEpoch === null || this.#stubEpoch === this.first.epoch - 1, 'other_beginning');
    }
    this.#require(entry, !entry.stub, 'hidden_from_member');
    switch (entry.kind) {
      case 'epoch': return this.#epoch(entry);
      case 'message': return this.#message(entry);
      case 'deletion': return this.#deletion(entry);
      default: throw new FormatError('unknown kind', 'invalid_value');
    }
  }

  #epoch(entry) {
    const { id, sender_id: sender, statement: text, statement_signature: signature } = entry;
    const statement = readStatement(text);
    requireRule(statement.author === sender && statement.epoch === entry.epoch, 'not as the entry says');
    if (id !== this.first.entry) {
      requireRule(statement.epoch > 1, 'epoch 1 is entry 1');
      checkFollows(statement, this.newest);
    }
    requireRule(isSigned(statement, signature), 'not signed by its author');
    this.#checkSeen(entry, statement.seen);
    this.contacts.meet(statement.members);
    this.epochs.set(statement.epoch, { ...statement, entry: id, createdAt: Date.parse(entry.created_at) });
    return { id, kind: 'epoch', sender, statement, body: hex(statement.hash), signature };
  }

  #message(entry) {
    const { id, sender_id: sender, client_id: client, nonce, content } = entry;
    const header = headerOf(entry, this.group);
    require(isHex(entry.content_hash, 32), 'not a hash');
    this.#require(entry, entry.epoch === this.newest.epoch, 'other_epoch');
    this.#require(entry, content === null || contentHash(nonce, content) === entry.content_hash, 'content_changed');
    const message = {
      ...this.#signed(entry, signedMessageText(header, entry.content_hash)),
      header,
      nonce,
      content,
      createdAt: Date.parse(entry.created_at),
    };
    this.#senders.set(id, sender);
    if (message.invalid) {
      return message;
    }
    this.#checkSeen(entry, header.seen);
    this.#require(entry, !this.#clients.has(`${sender} ${client}`), 'repeated');
    this.#clients.add(`${sender} ${client}`);
    return header.seen.id < this.newest.entry ? { ...message, invalid: 'seen_before_epoch' } : message;
  }

  #deletion(entry) {
    const { deleted_id: target, sender_id: sender, seen } = entry;
    const text = deletionText({ group: this.group, message: target, sender, seen });
    this.#require(entry, entry.epoch === this.newest.epoch, 'other_epoch');
    const deletion = { ...this.#signed(entry, text), target };
    if (deletion.invalid) {
      return deletion;
    }
    this.#checkSeen(entry, seen);
    return { ...deletion, invalid: this.#faultOfDeletion(target, sender, seen) };
  }

  /** A deletion counts from its target's author or an admin, of a message that they have seen. */
  #faultOfDeletion(target, sender, seen) {
    if (target > seen.id) {
      return 'no_such_message';
    }
    if (target < this.first.entry) {
      return null; // what stood there, this member can't know
    }
    if (!this.#senders.has(target)) {
      return 'no_such_message';
    }
    const isAdmin = memberOf(this.newest, sender).role === 'admin';
    return isAdmin || this.#senders.get(target) === sender ? null : 'not_allowed';
  }

  /** An entry with the hash of its signed text, `invalid` unless a member of the newest epoch has signed it. */
  #signed({ id, kind, sender_id: sender, signature }, text) {
    require(isHex(signature, 64), 'not a signature');
    const member = memberOf(this.newest, sender);
    const entry = { id, kind, sender, body: hex(sha256(text)), signature };
    if (!member) {
      return { ...entry, invalid: 'no_member' };
    }
    return { ...entry, invalid: verify(member.key, text, signature) ? null : 'bad_signature' };
  }

  #checkSeen(entry, seen) {
    this.#require(entry, seen.id < entry.id, 'seen_ahead');
    // What lies before its own history, this member can't compare.
    const isSame = seen.id < this.first.seen.id || this.#hashes.get(seen.id) === seen.hash;
    this.#require(entry, isSame, 'histories_differ');
  }
}

/** A statement of a log; in another form it is against the rules, because no honest server takes it. */
function readStatement(text) {
  try {
    return parseStatement(text);
  } catch (error) {
    requireRule(false, error.message);
  }
}
