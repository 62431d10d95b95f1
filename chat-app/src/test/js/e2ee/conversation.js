/** A conversation on one device of one member: sends, reads and verifies. */
import { randomBytes, randomUUID } from 'node:crypto';
import { ApiError } from '../api.js';
import { base64, FormatError, fromBase64, hex, require, sha256 } from './bytes.js';
import { checkFollows, isSigned, parseStatement, writeStatement, ZEROS } from './epoch.js';
import { collect, decryptFile, encryptFile } from './file.js';
import { deletionText, openMessage, sealMessage } from './message.js';
import { expiryOf, nameOf, show } from './timeline.js';
import { ServerFault, Transcript } from './transcript.js';
import { keyCommitment, unwrapKey, wrapKey } from './wrap.js';

const MAX_EPOCH_AGE_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_EPOCH_MESSAGES = 1000;
/** How often others may come first before a call gives up. */
const MAX_ATTEMPTS = 6;
const CATCH_UP = new Set(['stale_epoch', 'rekey_required', 'seen_mismatch', 'epoch_conflict']);

export class Conversation {
  #keys = new Map();
  #path;

  constructor(account, id, transcript) {
    this.account = account;
    this.id = id;
    this.transcript = transcript;
    this.#path = `/api/conversations/${id}`;
  }

  /** Begins a conversation; the people, as `Account.user` gives them, are invited. */
  static async start(account, people, { role = 'member', name = null } = {}) {
    const members = [{ ...account.asMember(), role: 'admin' }, ...people.map((person) => ({ ...person, role }))];
    const group = hex(randomBytes(32));
    const first = { group, epoch: 1, previous: ZEROS, seen: { id: 0, hash: ZEROS } };
    const { request } = await newEpoch(account, first, members);
    const { conversation } = await account.post('/api/conversations', { group_id: group, ...request });
    const started = await Conversation.open(account, conversation.id);
    if (name !== null) {
      await started.send({ type: 'name', name });
    }
    return started;
  }

  /** Opens a conversation and verifies what this user may read of it; who is only invited, its epochs. */
  static async open(account, id) {
    const [first, ...more] = await epochsFrom(account, id, 1);
    require(first, 'a conversation without an epoch');
    const conversation = new Conversation(account, id, new Transcript(account.asMember(), account.contacts, first));
    account.claimGroup(conversation.transcript.group, id);
    checkEpochs([first, ...more]);
    if (await conversation.#isJoined()) {
      await conversation.catchUp();
    }
    return conversation;
  }

  async #isJoined() {
    const { conversation } = await this.account.get(this.#path);
    require(conversation.group_id === this.transcript.group, 'another group than in its statement');
    return conversation.participants.some(
      (participant) => participant.user_id === this.account.id && participant.state === 'joined');
  }

  async join() {
    await this.account.post(`${this.#path}/join`);
    await this.catchUp();
  }

  async leave() {
    await this.account.post(`${this.#path}/leave`);
  }

  /** Reads and verifies what is new. */
  async catchUp() {
    let page;
    do {
      page = await this.account.get(`${this.#path}/messages?limit=100&after=${this.transcript.last}`);
      page.messages.forEach((entry) => this.transcript.take(entry));
    } while (page.has_more && page.messages.length > 0);
    await this.#fetchKeys();
  }

  /** Opens the keys of the epochs that are new here. One that doesn't fit is missing: its messages stay locked. */
  async #fetchKeys() {
    const missing = [...this.transcript.epochs.keys()].find((epoch) => !this.#keys.has(epoch));
    if (missing === undefined) {
      return;
    }
    for (const { epoch, key_data } of await epochsFrom(this.account, this.id, missing)) {
      const statement = this.transcript.epochs.get(epoch);
      if (statement && !this.#keys.has(epoch)) {
        this.#keys.set(epoch, await unwrapKey(key_data, statement, this.account).catch(nullIfUnfit));
      }
    }
  }

  /** The suite by which the key of each epoch was wrapped for this user. */
  async wrapSuites() {
    const epochs = await epochsFrom(this.account, this.id, 1);
    return epochs.map(({ key_data }) => fromBase64(key_data)[0]);
  }

  get members() {
    return this.transcript.newest.members;
  }

  show() {
    return show(this.transcript, this.#keys, this.account.now());
  }

  get name() {
    return nameOf(this.transcript, this.#keys, this.account.now());
  }

  say(body, { replyTo = null, expires = 0 } = {}) {
    return this.send({ type: 'text', body, ...(replyTo !== null && { reply_to: replyTo }) }, { expires });
  }

  /** Puts another text in the place of one's own; it expires with it. */
  edit(target, body) {
    return this.send({ type: 'edit', target, body }, { expires: this.#secondsLeft(target) });
  }

  #secondsLeft(message) {
    const entry = this.transcript.entries.find(({ id }) => id === message);
    const end = expiryOf(entry);
    return end === Infinity ? 0 : Math.max(1, Math.floor((end - this.account.now()) / 1000));
  }

  react(target, emoji) {
    return this.send({ type: 'reaction', target, emoji });
  }

  /** Sends bytes as a file. */
  async sendFile(bytes, { name, mimeType, body = null }) {
    const key = randomBytes(32);
    const ciphertext = await collect(encryptFile([bytes], key));
    const query = '?filename=file&mime_type=application%2Foctet-stream';
    const { file } = await this.account.upload(`${this.#path}/files${query}`, ciphertext);
    const attached = {
      file_id: file.id,
      key: base64(key),
      name,
      mime_type: mimeType,
      size: bytes.length,
      sha256: hex(sha256(ciphertext)),
    };
    return this.send({ type: 'file', files: [attached], ...(body !== null && { body }) }, { files: [attached] });
  }

  /** The bytes of a file, as a message names it. */
  async readFile(file) {
    const ciphertext = await this.account.get(`/api/files/${file.file_id}`);
    return collect(decryptFile([ciphertext], fromBase64(file.key), file));
  }

  /** Sends a content; written anew for the next epoch if that begins first. Returns the id of the message. */
  async send(content, { expires = 0, files = [] } = {}) {
    const client = randomUUID();
    return this.#persist(async () => {
      await this.#renewIfDue();
      const sealed = this.#message(client, content, expires, files);
      const { message } = await this.account.post(`${this.#path}/messages`, sealed);
      await this.#confirm(message.id, sealed.signature);
      return message.id;
    });
  }

  /** Makes sure that what was sent stands where the server has said. */
  async #confirm(id, signature) {
    this.transcript.expectAt(id, signature);
    await this.catchUp();
    if (this.transcript.entries.find((entry) => entry.id === id)?.signature !== signature) {
      throw new ServerFault(id, 'own_entry_changed');
    }
  }

  #message(client, content, expires, files) {
    const { group, epoch } = this.transcript.newest;
    const key = this.#keys.get(epoch);
    const header = {
      group,
      epoch,
      sender: this.account.id,
      client,
      sent: this.account.now(),
      seen: this.transcript.seen,
      expires,
      files: files.map((file) => file.sha256),
    };
    const { nonce, content: sealed, signature } = sealMessage(content, header, key, this.account.identity);
    return {
      client_id: client,
      epoch,
      sent_at: header.sent,
      seen: header.seen,
      nonce,
      content: sealed,
      signature,
      file_ids: files.map((file) => file.file_id),
      ...(expires > 0 && { expires_in: expires }),
    };
  }

  /** Deletes a message, after the edits of it. */
  async delete(target) {
    const { group } = this.transcript;
    for (const message of [...this.#editsOf(target), target]) {
      await this.#persist(async () => {
        const { seen } = this.transcript;
        const text = deletionText({ group, message, sender: this.account.id, seen });
        const signature = this.account.identity.sign(text);
        const { entry } = await this.account.post(`${this.#path}/deletions`, { message_id: message, seen, signature });
        // Somebody else may have deleted it before.
        await (entry.signature === signature ? this.#confirm(entry.id, signature) : this.catchUp());
      });
    }
  }

  #editsOf(target) {
    const author = this.transcript.entries.find(({ id }) => id === target)?.sender;
    return this.transcript.entries
      .filter((entry) => entry.kind === 'message' && !entry.invalid && entry.content && entry.sender === author)
      .filter((entry) => {
        const content = this.#contentOf(entry);
        return content?.type === 'edit' && content.target === target;
      })
      .map((entry) => entry.id);
  }

  #contentOf(entry) {
    const key = this.#keys.get(entry.header.epoch);
    return key ? openMessage(entry, entry.header, key) : null;
  }

  /** Adds people, who read what is said from here on; the name is told again, for they can't have read it. */
  async add(people, role = 'member') {
    const { name } = this;
    await this.#beginEpoch((members) => [...members, ...people.map((person) => ({ ...person, role }))]);
    if (name !== null) {
      await this.send({ type: 'name', name });
    }
  }

  remove(id) {
    return this.#beginEpoch((members) => members.filter((member) => member.id !== id));
  }

  /** Gives everybody who is still here a new key. */
  renew() {
    return this.#beginEpoch((members) => members);
  }

  async #renewIfDue() {
    const { entry, epoch, createdAt } = this.transcript.newest;
    const messages = this.transcript.entries.filter(({ id, kind }) => kind === 'message' && id > entry).length;
    const isOld = this.account.now() - createdAt >= MAX_EPOCH_AGE_MS;
    if (isOld || messages >= MAX_EPOCH_MESSAGES || !this.#keys.get(epoch)) {
      await this.renew();
    }
  }

  async #beginEpoch(change) {
    await this.#persist(async () => {
      const { newest, seen } = this.transcript;
      const next = { group: newest.group, epoch: newest.epoch + 1, previous: hex(newest.hash), seen };
      const { statement, request } = await newEpoch(this.account, next, change(await this.#whoStays()));
      return this.account.post(`${this.#path}/epochs`, { epoch: statement.epoch, ...request });
    });
    await this.catchUp();
  }

  /** The members of the newest statement, without those who have left by the server's word. */
  async #whoStays() {
    const { conversation } = await this.account.get(this.#path);
    const here = new Set(conversation.participants.map((participant) => participant.user_id));
    return this.members.filter((member) => here.has(member.id));
  }

  /** Tries again where somebody else came first, on what they have done. */
  async #persist(attempt) {
    for (let left = MAX_ATTEMPTS; ; left--) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof ApiError) || !CATCH_UP.has(error.code) || left === 1) {
          throw error;
        }
        await (error.code === 'rekey_required' ? this.renew() : this.catchUp());
      }
    }
  }
}

/** Who is invited sees no log yet, but can check each epoch against the one before. */
function checkEpochs(epochs) {
  let previous = null;
  for (const { statement: text, statement_signature } of epochs) {
    const statement = parseStatement(text);
    checkFollows(statement, previous);
    require(isSigned(statement, statement_signature), 'a statement not signed by its author');
    previous = statement;
  }
}

function nullIfUnfit(error) {
  if (error instanceof FormatError) {
    return null;
  }
  throw error;
}

async function epochsFrom(account, conversation, from) {
  const epochs = [];
  let page;
  do {
    const next = epochs.length === 0 ? from : epochs.at(-1).epoch + 1;
    page = await account.get(`/api/conversations/${conversation}/epochs?from=${next}&limit=100`);
    epochs.push(...page.epochs);
  } while (page.has_more && page.epochs.length > 0);
  return epochs;
}

/** A signed statement with a new key for all its members, as `{statement, request}`. */
async function newEpoch(account, next, members) {
  const conversationKey = randomBytes(32);
  const key = hex(keyCommitment(conversationKey));
  const statement = writeStatement({ ...next, key, author: account.id, members });
  const keys = [];
  for (const { id, key: identityKey, name } of statement.members) {
    const recipient = await account.user(name);
    require(recipient.id === id && recipient.key === identityKey, `${name} is not the member of that name`);
    keys.push({ user_id: id, key_data: await wrapKey(conversationKey, statement, recipient) });
  }
  const signature = account.identity.sign(statement.text);
  return { statement, request: { statement: statement.text, statement_signature: signature, keys } };
}
