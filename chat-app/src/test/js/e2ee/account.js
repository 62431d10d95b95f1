/** An account at a server: opened by a password, it signs requests and looks other people up. */
import { randomBytes } from 'node:crypto';
import { ApiClient } from '../api.js';
import { publicKeyToPem, signRequest } from '../crypto.js';
import { hex, require, sha256 } from './bytes.js';
import { ChangedIdentity, Contacts } from './contacts.js';
import { Identity, keyOfPem } from './identity.js';
import { KDF, passwordKeys, unwrapIdentity, wrapIdentity } from './password.js';
import { encryptionKeyOf, publishedKey } from './wrap.js';

export class Account {
  contacts = new Contacts();
  #groups = new Map();

  constructor(server, identity, now) {
    this.api = new ApiClient(server);
    this.identity = identity;
    this.now = now;
  }

  /**
   * Makes an account.
   *
   * @param totpCode gives the six digits for a secret
   * @param publishesKey whether others reach it through X-Wing
   * @param now gives Unix ms
   */
  static async register(server, { email, name, password, publishesKey = true }, totpCode, now = Date.now) {
    const account = new Account(server, new Identity(randomBytes(32)), now);
    const { passwordHash, wrappingKey } = await passwordKeys(password, email);
    const begun = await account.post('/api/register', {
      email,
      username: name,
      password_hash: passwordHash,
      public_key: publicKeyToPem(Buffer.from(account.identity.key, 'hex')),
      ...wrapIdentity(account.identity, wrappingKey),
      kdf: KDF,
      ...(publishesKey && await publishedKey(account.identity)),
    });
    account.secret = begun.secret;
    const { user } = await account.post('/api/register/verify-2fa', { totp_code: totpCode(begun.secret) });
    return account.#signedIn(user);
  }

  /** Signs in on a device that has nothing but what its user knows. */
  static async logIn(server, { email, password }, totpCode, now = Date.now) {
    const unsigned = new ApiClient(server);
    const { kdf } = (await unsigned.post('/api/login/params', { email })).body;
    const { passwordHash, wrappingKey } = await passwordKeys(password, email, kdf);
    const proof = { email, password_hash: passwordHash };
    const { body: wrapped } = await unsigned.post('/api/login/key', { ...proof, totp_code: totpCode });
    const account = new Account(server, unwrapIdentity(wrapped, wrappingKey, keyOfPem(wrapped.public_key)), now);
    const { user } = await account.post('/api/login', { ...proof, login_ticket: wrapped.login_ticket });
    return account.#signedIn(user);
  }

  /** Keys in one's own name must be those of the identity on this device. */
  async #signedIn(user) {
    require(keyOfPem(user.public_key) === this.identity.key, 'the server names another key for this user');
    if (user.encryption_key !== null) {
      const { encryption_key } = await publishedKey(this.identity);
      require(user.encryption_key === encryption_key, 'the server names another encryption key for this user');
    }
    this.id = user.id;
    this.name = user.username;
    this.contacts.meet([this.asMember()]);
    this.contacts.meetEncryptionKey(this.id, encryptionKeyOf(user, this.identity.key));
    return this;
  }

  /** `{id, key, name}`, as a member of a conversation. */
  asMember() {
    return { id: this.id, key: this.identity.key, name: this.name };
  }

  /** Another user as `{id, key, name, encryptionKey}`, compared with what is pinned. */
  async user(name) {
    const user = await this.get(`/api/users/${encodeURIComponent(name)}`);
    const person = { id: user.id, key: keyOfPem(user.public_key), name: user.username };
    this.contacts.meet([person]);
    let encryptionKey;
    try {
      encryptionKey = encryptionKeyOf(user, person.key);
    } catch {
      throw new ChangedIdentity(`the encryption key of ${name} is not theirs`);
    }
    this.contacts.meetEncryptionKey(person.id, encryptionKey);
    return { ...person, encryptionKey };
  }

  /** A group stands for one conversation: a twin could show its members' messages elsewhere. */
  claimGroup(group, conversation) {
    require((this.#groups.get(group) ?? conversation) === conversation, 'the group of another conversation');
    this.#groups.set(group, conversation);
  }

  async post(path, data = {}) {
    return (await this.api.post(path, this.#envelope('POST', path, data))).body;
  }

  async get(path) {
    return (await this.api.send('GET', path, { 'X-Signature-Data': this.#header('GET', path) })).body;
  }

  async upload(path, bytes) {
    const fields = {
      'Content-Type': 'application/octet-stream',
      'X-Signature-Data': this.#header('POST', path, { content_sha256: hex(sha256(bytes)) }),
    };
    return (await this.api.send('POST', path, fields, bytes)).body;
  }

  #header(method, path, more = {}) {
    return JSON.stringify(this.#envelope(method, path, {}, more));
  }

  #envelope(method, path, data, more = {}) {
    const _ctx = { method, path, nonce: hex(randomBytes(16)), ...more };
    return signRequest({ _ctx, ...data }, this.identity.seed, Math.floor(this.now() / 1000));
  }
}
