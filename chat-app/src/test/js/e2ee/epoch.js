/** The statement that begins an epoch: its text, and which statement may follow which. */
import { hex, isHex, parseLines, parseNumber, require, sha256 } from './bytes.js';
import { isSoundKey } from './identity.js';

const TITLE = 'secure-chat/v1/epoch';
export const ZEROS = '0'.repeat(64);
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,24}$/;

/** Writes a statement of `{group, epoch, previous, key, seen, author, members}`, and reads it back. */
export function writeStatement({ group, epoch, previous, key, seen, author, members }) {
  const lines = [
    TITLE,
    `group ${group}`,
    `epoch ${epoch}`,
    `previous ${previous}`,
    `key ${key}`,
    `seen ${seen.id} ${seen.hash}`,
    `author ${author}`,
    ...[...members].sort((one, other) => one.id - other.id).map(memberLine),
  ];
  return parseStatement(lines.map((line) => `${line}\n`).join(''));
}

function memberLine({ id, role, key, name }) {
  return `member ${id} ${role} ${key} ${name}`;
}

/** Reads a statement; anything but the one form throws. `text` and `hash` are in the result too. */
export function parseStatement(text) {
  const [title, group, epoch, previous, key, seen, author, ...members] = parseLines(text);
  require(title === TITLE && members.length > 0, 'not a statement');
  const statement = {
    text,
    hash: sha256(text),
    group: hashIn(words(group, 'group', 1)[0]),
    epoch: parseNumber(words(epoch, 'epoch', 1)[0]),
    previous: hashIn(words(previous, 'previous', 1)[0]),
    key: hashIn(words(key, 'key', 1)[0]),
    seen: parseSeen(seen),
    author: parseNumber(words(author, 'author', 1)[0]),
    members: members.map(parseMember),
  };
  require(statement.epoch >= 1, 'epochs begin at 1');
  checkMembers(statement);
  return statement;
}

/** The words after the first of a line. */
export function words(line, first, count) {
  const [found, ...rest] = (line ?? '').split(' ');
  require(found === first && rest.length === count, `not the line "${first}"`);
  return rest;
}

export function parseSeen(line) {
  const [id, hash] = words(line, 'seen', 2);
  return { id: parseNumber(id), hash: hashIn(hash) };
}

function hashIn(text) {
  require(isHex(text, 32), 'not 64 hex digits');
  return text;
}

function parseMember(line) {
  const [id, role, key, name] = words(line, 'member', 4);
  require(role === 'admin' || role === 'member', 'unknown role');
  require(isSoundKey(key), 'not an identity key');
  require(NAME.test(name), 'not a name');
  return { id: parseNumber(id), role, key, name };
}

function checkMembers({ members, author }) {
  require(members.every((member, at) => at === 0 || members[at - 1].id < member.id), 'members out of order');
  require(allDiffer(members.map((member) => member.key)), 'a key twice');
  require(allDiffer(members.map((member) => member.name.toLowerCase())), 'a name twice');
  require(members.some((member) => member.id === author), 'the author is no member');
}

function allDiffer(values) {
  return new Set(values).size === values.length;
}

export function memberOf(statement, id) {
  return statement.members.find((member) => member.id === id);
}

/**
 * Checks that a statement keeps to the rules, after `previous`. That is null in epoch 1, and for whoever was just added
 * and can't see the one before.
 */
export function checkFollows(statement, previous) {
  const author = memberOf(statement, statement.author);
  if (statement.epoch === 1) {
    require(previous === null, 'epoch 1 is the first');
    require(statement.previous === ZEROS, 'epoch 1 continues nothing');
    require(statement.seen.id === 0 && statement.seen.hash === ZEROS, 'before epoch 1 there is nothing to see');
  }
  if (previous === null) {
    require(author.role === 'admin', 'the author is no admin');
    return;
  }
  require(statement.group === previous.group, 'of another group');
  require(statement.epoch === previous.epoch + 1, 'not the next epoch');
  require(statement.previous === hex(previous.hash), 'continues another statement');
  for (const member of statement.members) {
    const before = memberOf(previous, member.id);
    require(!before || (before.key === member.key && before.name === member.name), 'a key or name has changed');
  }
  checkAuthorMay(author, statement, previous);
}

/** Who was and is an admin may write any list; others renew, and drop who left, which only the server knows. */
function checkAuthorMay(author, statement, previous) {
  const before = memberOf(previous, author.id);
  require(before, 'the author was no member');
  if (before.role === 'admin' && author.role === 'admin') {
    return;
  }
  const lines = new Set(previous.members.map(memberLine));
  require(statement.members.every((member) => lines.has(memberLine(member))), 'the author may not change members');
}
