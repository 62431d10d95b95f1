/** What there is to show of a verified log: everything considered that came later. */
import { FormatError } from './bytes.js';
import { unknownContent } from './content.js';
import { memberOf } from './epoch.js';
import { openMessage } from './message.js';

/**
 * The rows to show, oldest first. Deletions have none, nor have edits and reactions, which change their target's; what
 * a member has done wrong has one that says so.
 *
 * @param transcript a verified Transcript
 * @param keys conversation keys by epoch; a message whose key is missing is `locked`
 * @param now Unix ms, for messages that expire
 */
export function show(transcript, keys, now) {
  const messages = openAll(transcript, keys, now);
  const rows = new Map();
  for (const entry of transcript.entries.filter((each) => !each.stub)) {
    const message = messages.get(entry.id);
    const row = message ? messageRow(message, messages, rows, transcript.first.entry) : otherRow(entry, transcript);
    if (row) {
      rows.set(entry.id, row);
    }
  }
  return [...rows.values()];
}

/** What the members call it: the last name that one of them has sent, or null. */
export function nameOf(transcript, keys, now) {
  const messages = [...openAll(transcript, keys, now).values()];
  const names = messages.filter(({ state, content }) => state === 'open' && content.type === 'name');
  return names.at(-1)?.content.name ?? null;
}

/** When a message is hidden, in Unix ms; Infinity for never. */
export function expiryOf({ header, createdAt }) {
  return header.expires > 0 ? Math.min(header.sent, createdAt) + header.expires * 1000 : Infinity;
}

/** The messages by id, each with its `state`: open (with its content), invalid, locked, or why it is gone. */
function openAll(transcript, keys, now) {
  const messages = new Map();
  for (const entry of transcript.entries) {
    if (entry.kind === 'message' && !entry.stub) {
      messages.set(entry.id, opened(entry, keys, now));
    }
    const target = messages.get(entry.target);
    if (entry.kind === 'deletion' && !entry.invalid && target && target.state !== 'invalid') {
      target.state = 'deleted';
    }
  }
  return messages;
}

function opened(entry, keys, now) {
  const { id, sender, header, invalid } = entry;
  const key = keys.get(header.epoch);
  const message = { id, sender, seen: header.seen.id, expiresAt: expiryOf(entry), epoch: header.epoch };
  if (invalid) {
    return { ...message, state: 'invalid', reason: invalid };
  }
  if (now >= message.expiresAt) {
    return { ...message, state: 'expired' };
  }
  if (entry.content === null) {
    return { ...message, state: 'withheld' };
  }
  return key ? { ...message, state: 'open', content: contentOf(entry, key) } : { ...message, state: 'locked' };
}

/** What a member has signed and nobody can open is shown as something unknown, as any other content that is broken. */
function contentOf(entry, key) {
  try {
    return openMessage(entry, entry.header, key);
  } catch (error) {
    if (error instanceof FormatError) {
      return unknownContent();
    }
    throw error;
  }
}

/** The row of an epoch, or of what is no message and was done wrong. */
function otherRow({ id, kind, sender, statement, invalid }, transcript) {
  if (kind === 'epoch') {
    const before = transcript.epochs.get(statement.epoch - 1);
    const changes = before ? changesBetween(before, statement) : [];
    return { id, kind: 'epoch', sender, epoch: statement.epoch, members: statement.members, changes };
  }
  return invalid ? { id, kind: 'invalid', sender, reason: invalid } : null;
}

function changesBetween(before, after) {
  const gone = before.members
    .filter(({ id }) => !memberOf(after, id))
    .map(({ id }) => ({ change: 'gone', user_id: id }));
  const others = after.members.flatMap(({ id, role }) => {
    const old = memberOf(before, id);
    if (!old) {
      return [{ change: 'added', user_id: id }];
    }
    return old.role === role ? [] : [{ change: `made_${role}`, user_id: id }];
  });
  return [...gone, ...others];
}

/** The row of a message; null for an edit or reaction, which changes the row of its target. */
function messageRow(message, messages, rows, firstEntry) {
  const { id, sender, state, content, expiresAt } = message;
  switch (state) {
    case 'open': break;
    case 'invalid': return { id, kind: 'invalid', sender, reason: message.reason };
    case 'locked': return { id, kind: 'locked', sender, epoch: message.epoch };
    default: return { id, kind: 'gone', sender, cause: state };
  }
  if (content.type === 'edit' || content.type === 'reaction') {
    const reason = change(message, messages, rows, firstEntry);
    return reason && { id, kind: 'invalid', sender, reason };
  }
  return {
    ...content,
    id,
    kind: 'message',
    sender,
    edited: false,
    replied: content.reply_to <= message.seen && messages.has(content.reply_to) ? content.reply_to : null,
    reactions: {},
    expiresAt: expiresAt === Infinity ? null : expiresAt,
  };
}

/** Lets an edit or a reaction change the row of its target, if that is still there. Returns why it doesn't count. */
function change({ sender, seen, content }, messages, rows, firstEntry) {
  const target = messages.get(content.target);
  if (content.target > seen || (!target && content.target >= firstEntry)) {
    return 'no_such_message';
  }
  if (target && content.type === 'edit' && (sender !== target.sender || !isEditable(target))) {
    return 'not_allowed';
  }
  const row = rows.get(content.target);
  if (row?.kind === 'message') {
    apply(content, sender, row);
  }
  return null;
}

/** A content that can't be read may have been a text. */
function isEditable({ state, content }) {
  return state !== 'open' || content.type === 'text' || content.type === 'file';
}

function apply(content, sender, row) {
  if (content.type === 'edit') {
    row.body = content.body;
    row.edited = true;
  } else {
    const before = row.reactions[content.emoji] ?? [];
    row.reactions[content.emoji] = [...new Set([...before, sender])];
  }
}
