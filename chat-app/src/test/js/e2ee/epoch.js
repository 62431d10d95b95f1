/** The statement that begins an epoch: its text, and which statement may follow which. */
import { hex, isHex, parseId, parseLines, parseNumber, require, sha256 } from './bytes.js';
import { isName, isSoundKey, verify } from './identity.js';

const TITLE = 'secure-chat/v1/epoch';
export const ZEROS = '0'.repeat(64);

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
    epoch: parseId(words(epoch, 'epoch', 1)[0]),
    previous: hashIn(words(previous, 'previous', 1)[0]),
    key: hashIn(words(key, 'key', 1)[0]),
    seen: parseSeen(seen),
    author: parseId(words(author, 'author', 1)[0]),
    members: members.map(parseMember),
  };
  checkMembers(statement);
  if (statement.epoch === 1) {
    checkFirst(statement);
  }
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
  require(isName(name), 'not a name');
  return { id: parseId(id), role, key, name };
}

function checkMembers({ members, author }) {
  require(members.every((member, at) => at === 0 || members[at - 1].id < member.id), 'members out of order');
  require(allDiffer(members.map((member) => member.key)), 'a key twice');
  require(allDiffer(members.map((member) => member.name.toLowerCase())), 'a name twice');
  require(members.some((member) => member.id === author), 'the author is no member');
}

function checkFirst({ previous, seen, members, author }) {
  require(previous === ZEROS && seen.id === 0 && seen.hash === ZEROS, 'epoch 1 follows something');
  require(members.find(({ id }) => id === author).role === 'admin', 'the author of epoch 1 is no admin');
}

function allDiffer(values) {
  return new Set(values).size === values.length;
}

export function memberOf(statement, id) {
  return statement.members.find((member) => member.id === id);
}

/** Whether its author has signed a statement. */
export function isSigned(statement, signature) {
  return verify(memberOf(statement, statement.author).key, statement.text, signature);
}

/** Throws unless a rule of epochs is kept. */
export function requireRule(condition, message) {
  require(condition, message, 'epoch_against_the_rules');
}

/**
 * Checks that a statement keeps to the rules.
 *
 * @param previous the statement before; null if it is the first that somebody sees
 * @param left ids of those who have left; who can't know takes whoever is missing for one of them
 */
export function checkFollows(statement, previous, left = missing(previous, statement)) {
  const author = memberOf(statement, statement.author);
  if (previous === null) {
    requireRule(author.role === 'admin', 'the author is no admin');
    return;
  }
  requireRule(statement.group === previous.group, 'of another group');
  requireRule(statement.epoch === previous.epoch + 1, 'not the next epoch');
  requireRule(statement.previous === hex(previous.hash), 'continues another statement');
  for (const member of statement.members) {
    const before = memberOf(previous, member.id);
    requireRule(!before || (before.key === member.key && before.name === member.name), 'a key or name has changed');
    requireRule(!left.includes(member.id), 'lists somebody who left');
  }
  checkAuthorMay(author, statement, previous, left);
}

function missing(previous, statement) {
  return (previous?.members ?? []).map(({ id }) => id).filter((id) => !memberOf(statement, id));
}

/** Who was and is an admin may write any list; anybody else the same lines, without those who left. */
function checkAuthorMay(author, statement, previous, left) {
  const before = memberOf(previous, author.id);
  requireRule(before, 'the author was no member');
  if (before.role === 'admin' && author.role === 'admin') {
    return;
  }
  const expected = previous.members.filter(({ id }) => !left.includes(id)).map(memberLine);
  requireRule(expected.join() === statement.members.map(memberLine).join(), 'the author may not change members');
}
