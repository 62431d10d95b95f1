// A client's half of the API in plain Node (20 or newer), for docs/api.md: signing, cookies, statements, messages and
// the running hash. It wraps no keys: what it sends as `key_data` is random, and its users share keys in memory. Wrapping
// them for others is the client's part of the end-to-end encryption, which comes with the SDK.
import {
  createCipheriv, createDecipheriv, createHash, createHmac, generateKeyPairSync, hkdfSync, randomBytes, randomUUID, sign,
  verify,
} from "node:crypto";

export const ZEROS = "0".repeat(64);

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
const fromHex = (hex) => Buffer.from(hex, "hex");
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const ascii = (text) => text.replace(/[^\x20-\x7e]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));

/** Somebody with a key, who signs requests and keeps the session's cookie. */
export class User {
  constructor(server, name) {
    this.server = server;
    this.name = name;
    this.keys = generateKeyPairSync("ed25519");
    this.cookie = null;
    this.passwordHash = hex(randomBytes(32));
  }

  /** The public key as accounts have it. */
  get pem() {
    return this.keys.publicKey.export({ format: "pem", type: "spki" });
  }

  /** The 32 bytes of the public key, as statements have it. */
  get keyHex() {
    return hex(this.keys.publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  }

  /** The hex signature over a text or bytes. */
  sign(text) {
    return sign(null, Buffer.from(text), this.keys.privateKey).toString("hex");
  }

  /** The envelope of data, bound to its request. */
  envelope(method, path, data = {}, more = {}) {
    const context = { method, path, nonce: hex(randomBytes(16)), ...more };
    const timestamp = Math.floor(Date.now() / 1000);
    const bound = JSON.stringify({ _ctx: context, ...data });
    const digest = createHash("sha256").update(`{"data":${bound},"timestamp":${timestamp}}`).digest();
    return `{"data":${bound},"timestamp":${timestamp},"signature":"${this.sign(digest)}"}`;
  }

  get(path, headers = {}) {
    return this.bodiless("GET", path, headers);
  }

  delete(path) {
    return this.bodiless("DELETE", path);
  }

  bodiless(method, path, headers = {}) {
    return this.send(path, { method, headers: { "X-Signature-Data": ascii(this.envelope(method, path)), ...headers } });
  }

  post(path, data) {
    return this.send(path, this.request(path, data));
  }

  /** A request to `post`, signed now; it can be sent more than once. */
  request(path, data) {
    const headers = { "Content-Type": "application/json" };
    return { method: "POST", headers, body: this.envelope("POST", path, data) };
  }

  /** Posts the bare data, to the two endpoints that want no signature. */
  postUnsigned(path, data) {
    const headers = { "Content-Type": "application/json" };
    return this.send(path, { method: "POST", headers, body: JSON.stringify(data) });
  }

  /** Posts bytes. The signature covers their hash. */
  upload(path, bytes) {
    const envelope = this.envelope("POST", path, {}, { content_sha256: sha256(bytes) });
    const headers = { "Content-Type": "application/octet-stream", "X-Signature-Data": ascii(envelope) };
    return this.send(path, { method: "POST", headers, body: bytes });
  }

  async send(path, request) {
    const headers = { ...request.headers, ...(this.cookie && { Cookie: this.cookie }) };
    const response = await fetch(this.server + path, { ...request, headers });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(";")[0];
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(bytes) : bytes };
  }

  /** The data of a registration. What a client derives from the password is random here. */
  registration() {
    return {
      email: `${this.name}@example.org`,
      username: this.name,
      password_hash: this.passwordHash,
      encrypted_private_key: randomBytes(48).toString("base64"),
      public_key: this.pem,
      encryption_iv: hex(randomBytes(12)),
    };
  }

  /** Both steps of a registration at once. */
  async register() {
    const begun = expect(200, await this.post("/api/register", this.registration()));
    this.authenticator = new Authenticator(begun.secret);
    const code = await this.authenticator.code();
    const done = expect(201, await this.post("/api/register/verify-2fa", { totp_code: code }));
    this.id = done.user.id;
    this.recoveryCodes = done.recovery_codes;
    return this;
  }
}

/** What an authenticator application shows (RFC 6238). The server takes each code once, so each is shown once. */
export class Authenticator {
  constructor(secret) {
    const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
    this.key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    this.last = 0;
  }

  async code() {
    const now = () => Math.floor(Date.now() / 30_000);
    this.last = Math.max(now(), this.last + 1);
    // One step ahead is accepted.
    while (this.last > now() + 1) await new Promise((done) => setTimeout(done, 200));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.last));
    const hash = createHmac("sha1", this.key).update(counter).digest();
    const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

/** A conversation as one of its members has it: the keys, the statements, and the running hash over the log. */
export class Conversation {
  constructor(group, keys = new Map()) {
    this.group = group;
    this.keys = keys; // by epoch
    this.statements = new Map(); // by epoch
    this.hashes = new Map([[0, ZEROS]]); // by entry
    this.last = 0;
    this.epoch = 0;
  }

  /** The last entry that was taken in and the hash there. */
  get seen() {
    return { id: this.last, hash: this.hashes.get(this.last) };
  }

  path(end = "") {
    return `/api/conversations/${this.id}${end}`;
  }

  /** The statement of the next epoch, by `author`, with `members` as [user, role]. */
  statement(author, members) {
    const epoch = this.epoch + 1;
    this.keys.set(epoch, randomBytes(32));
    return [
      "secure-chat/v1/epoch",
      `group ${this.group}`,
      `epoch ${epoch}`,
      `previous ${epoch === 1 ? ZEROS : sha256(this.statements.get(epoch - 1))}`,
      `key ${sha256("secure-chat/v1/key-commitment", this.keys.get(epoch))}`,
      `seen ${this.seen.id} ${this.seen.hash}`,
      `author ${author.id}`,
      ...[...members]
        .sort(([one], [other]) => one.id - other.id)
        .map(([user, role]) => `member ${user.id} ${role} ${user.keyHex} ${user.name}`),
    ].join("\n") + "\n";
  }

  /** The data that starts an epoch: everything but `group_id` or `epoch`, and `name`. */
  epochData(author, members) {
    const statement = this.statement(author, members);
    const keys = members.map(([user]) => ({ user_id: user.id, key_data: randomBytes(64).toString("base64") }));
    return { statement, statement_signature: author.sign(statement), keys };
  }

  /** The data of a message. `files` are as the server has answered their uploads. */
  message(sender, text, { files = [], expiresIn = null } = {}) {
    const message = {
      client_id: randomUUID(),
      epoch: this.epoch,
      sent_at: Date.now(),
      seen: this.seen,
      nonce: hex(randomBytes(24)),
      file_ids: files.map((file) => file.id),
      expires_in: expiresIn,
    };
    const header = this.header({ ...message, sender_id: sender.id, files });
    const { key, iv } = this.messageKey(message, header);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(header));
    const padded = pad(Buffer.from(JSON.stringify({ type: "text", body: text })));
    const content = Buffer.concat([cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
    const contentHash = sha256(fromHex(message.nonce), content);
    const signature = sender.sign(`${header}content ${contentHash}\n`);
    return { ...message, content: content.toString("base64"), signature };
  }

  /** The text of a message that somebody else sent, after checking who did. */
  read(entry, sender) {
    const header = this.header(entry);
    const content = Buffer.from(entry.content, "base64");
    const signed = `${header}content ${sha256(fromHex(entry.nonce), content)}\n`;
    if (!verify(null, Buffer.from(signed), sender.keys.publicKey, fromHex(entry.signature))) {
      throw new Error("not signed by the sender");
    }
    const { key, iv } = this.messageKey(entry, header);
    const cipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(header));
    cipher.setAuthTag(content.subarray(-16));
    const padded = Buffer.concat([cipher.update(content.subarray(0, -16)), cipher.final()]);
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(0x80))).body;
  }

  header(message) {
    return [
      "secure-chat/v1/message",
      `group ${this.group}`,
      `epoch ${message.epoch}`,
      `sender ${message.sender_id}`,
      `client ${message.client_id}`,
      `sent ${message.sent_at}`,
      `seen ${message.seen.id} ${message.seen.hash}`,
      `expires ${message.expires_in ?? 0}`,
      `files ${message.files.map((file) => file.sha256).join(",") || "-"}`,
    ].join("\n") + "\n";
  }

  messageKey(message, header) {
    const bytes = Buffer.from(hkdfSync("sha256", this.keys.get(message.epoch), fromHex(message.nonce), header, 44));
    return { key: bytes.subarray(0, 32), iv: bytes.subarray(32) };
  }

  /** The data of a deletion. */
  deletion(by, messageId) {
    const text = this.deletionText(messageId, by.id, this.seen);
    return { message_id: messageId, seen: this.seen, signature: by.sign(text) };
  }

  deletionText(messageId, senderId, seen) {
    return `secure-chat/v1/deletion\ngroup ${this.group}\nmessage ${messageId}\nsender ${senderId}\nseen ${seen.id} ${seen.hash}\n`;
  }

  /** Takes the next entry of the log in: computes the hash there, and checks what the entry says was seen. */
  takeIn(entry) {
    if (entry.id !== this.last + 1) throw new Error(`entry ${entry.id} after ${this.last}`);
    if (entry.seen && this.hashes.has(entry.seen.id) && this.hashes.get(entry.seen.id) !== entry.seen.hash) {
      throw new Error("the sender has seen another log");
    }
    const text = `entry ${entry.id} ${entry.kind} ${entry.sender_id} ${entry.epoch}\n`
      + `body ${entry.stub ? entry.body_hash : sha256(this.signedText(entry))}\n`
      + `sig ${entry.statement_signature ?? entry.signature}\n`;
    this.hashes.set(entry.id, sha256("secure-chat/v1/chain\n", fromHex(this.hashes.get(this.last)), text));
    this.last = entry.id;
    if (entry.statement) {
      this.epoch = entry.epoch;
      this.statements.set(entry.epoch, entry.statement);
    }
  }

  /** Starts at what the author of one's first epoch has seen, as everybody who was added later. */
  startAt(statement) {
    const [, id, hash] = statement.match(/^seen (\d+) ([0-9a-f]{64})$/m);
    this.last = Number(id);
    this.hashes.set(this.last, hash);
    return this;
  }

  signedText(entry) {
    switch (entry.kind) {
      case "epoch": return entry.statement;
      case "deletion": return this.deletionText(entry.deleted_id, entry.sender_id, entry.seen);
      default: return `${this.header(entry)}content ${entry.content_hash}\n`;
    }
  }

  /** Takes in what follows, page by page. */
  async catchUp(user) {
    let page;
    do {
      page = expect(200, await user.get(this.path(`/messages?after=${this.last}`)));
      page.messages.forEach((entry) => this.takeIn(entry));
    } while (page.has_more);
  }
}

/** 0x80 and zeros up to a length that says little. */
function pad(json) {
  const length = json.length + 1;
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  const padded = Buffer.alloc(Math.max(256, Math.ceil(length / step) * step));
  json.copy(padded);
  padded[json.length] = 0x80;
  return padded;
}

/** The body of an answer that must have this status. */
export function expect(status, answer) {
  if (answer.status !== status) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Prints an answer. */
export function show(answer) {
  console.log(answer.status, Buffer.isBuffer(answer.body) ? `${answer.body.length} bytes` : JSON.stringify(answer.body));
}
