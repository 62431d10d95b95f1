/**
 * One device of one user, for tests: node device.js <baseUrl>. Reads commands from standard input, a JSON object a
 * line such as `{"do":"say","now":1768824000000,"conversation":7,"text":"Hello"}`, and answers each with a line:
 * `{"value":…}` or `{"error":"…","message":"…"}`. Time stands still at `now`.
 */
import { createInterface } from 'node:readline';
import { TOTP } from 'otpauth';
import { Account } from './account.js';
import { Conversation } from './conversation.js';
import { safetyNumber } from './identity.js';

const [server] = process.argv.slice(2);
const conversations = new Map();
let account = null;
let now = 0;

const totpCode = (secret) => new TOTP({ secret }).generate({ timestamp: now });
const clock = () => now;

const COMMANDS = {
  async register({ email, name, password, publishesKey }) {
    account = await Account.register(server, { email, name, password, publishesKey }, totpCode, clock);
    return { id: account.id, secret: account.secret };
  },
  async logIn({ email, password, code }) {
    account = await Account.logIn(server, { email, password }, code, clock);
    return { id: account.id };
  },
  async start({ people, name }) {
    const users = [];
    for (const person of people) {
      users.push(await account.user(person));
    }
    return kept(await Conversation.start(account, users, { name })).id;
  },
  async open({ conversation }) {
    return state(kept(await Conversation.open(account, conversation)));
  },
  join: (conversation) => conversation.join(),
  leave: (conversation) => conversation.leave(),
  say: (conversation, { text, replyTo, expires }) => conversation.say(text, { replyTo, expires }),
  edit: (conversation, { message, text }) => conversation.edit(message, text),
  react: (conversation, { message, emoji }) => conversation.react(message, emoji),
  delete: (conversation, { message }) => conversation.delete(message),
  sendFile: (conversation, { bytes, name, mimeType, text }) =>
    conversation.sendFile(Buffer.from(bytes, 'base64'), { name, mimeType, body: text }),
  async readFile(conversation, { message }) {
    const { files: [file] } = conversation.show().find((row) => row.id === message);
    return (await conversation.readFile(file)).toString('base64');
  },
  add: async (conversation, { person }) => conversation.add([await account.user(person)]),
  remove: (conversation, { person }) => conversation.remove(memberId(conversation, person)),
  renew: (conversation) => conversation.renew(),
  async catchUp(conversation) {
    await conversation.catchUp();
    return state(conversation);
  },
  hashAt: (conversation, { entry }) => conversation.transcript.hashAt(entry),
  wrapSuites: (conversation) => conversation.wrapSuites(),
  async safetyNumber({ person }) {
    return safetyNumber(account.asMember(), await account.user(person));
  },
};

function kept(conversation) {
  conversations.set(conversation.id, conversation);
  return conversation;
}

function memberId(conversation, name) {
  return conversation.members.find((member) => member.name === name).id;
}

function state(conversation) {
  const { transcript, name } = conversation;
  return { seen: transcript.seen, name, shown: transcript.newest ? conversation.show().map(line) : [] };
}

/** A row as text, for comparison with what another implementation shows. */
function line({ id, sender, kind, ...row }) {
  return `${id} ${sender} ${DESCRIPTIONS[kind](row)}`;
}

const DESCRIPTIONS = {
  epoch: ({ epoch, members }) => `epoch ${epoch}${members.map(({ name, role }) => ` ${name}:${role}`).join('')}`,
  gone: ({ cause }) => `gone ${cause}`,
  locked: ({ epoch }) => `locked ${epoch}`,
  invalid: () => 'invalid',
  message({ type, body = null, name = null, files = [], edited, replied, reactions }) {
    return [
      type,
      body ?? name ?? '-',
      ...files.map((file) => `[${file.name} ${file.mime_type} ${file.size}]`),
      ...(edited ? ['edited'] : []),
      ...(replied === null ? [] : [`reply=${replied}`]),
      ...Object.entries(reactions).map(([emoji, users]) => `${emoji}=${users.join(',')}`),
    ].join(' ');
  },
};

async function answer(line) {
  try {
    const command = JSON.parse(line);
    now = command.now;
    const conversation = conversations.get(command.conversation);
    const run = COMMANDS[command.do];
    const value = await (conversation && command.do !== 'open' ? run(conversation, command) : run(command));
    return { value: value ?? null };
  } catch (error) {
    return { error: error.code ?? error.reason ?? error.name, message: error.stack };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(line)));
}
