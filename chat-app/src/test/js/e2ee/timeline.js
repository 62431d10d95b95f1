/** What there is to show of a verified log: everything considered that came later. */
import { FormatError } from './bytes.js';
import { openMessage } from './message.js';

/**
 * The rows to show, oldest first. Edits, reactions and deletions have none; they change others.
 *
 * @param transcript a verified Transcript
 * @param keys conversation keys by epoch; a message whose key is missing is `locked`
 * @param now Unix ms, for messages that expire
 */
export function show(transcript, keys, now) {
  const messages = transcript.entries.map((entry) => opened(entry, keys, now));
  const byId = new Map(messages.map((message) => [message.id, message]));
  applyDeletions(messages, byId);
  const rows = new Map();
  for (const message of messages) {
    const row = rowOf(message);
    if (row) {
      rows.set(message.id, row);
    } else if (message.state === 'open') {
      change(message, byId, rows);
    }
  }
  return [...rows.values()];
}

/** What the members call it: the last name that one of them has sent, or null. */
export function nameOf(transcript, keys, now) {
  const messages = transcript.entries.map((entry) => opened(entry, keys, now));
  applyDeletions(messages, new Map(messages.map((message) => [message.id, message])));
  return messages.filter((message) => message.state === 'open' && message.content.type === 'name').at(-1)
    ?.content.name ?? null;
}

/** A message as `{…, state}`: open (with its content), invalid, expired, missing or locked. Others as they are. */
function opened(entry, keys, now) {
  if (entry.kind !== 'message' || entry.stub) {
    return entry;
  }
  const { id, sender, header } = entry;
  const as = (state, more = {}) => ({ id, kind: 'message', sender, seen: header.seen.id, state, ...more });
  if (entry.invalid) {
    return as('invalid', { reason: entry.invalid });
  }
  if (now >= expiryOf(entry)) {
    return as('expired');
  }
  if (entry.content === null) {
    return as(header.expires > 0 ? 'expired' : 'missing');
  }
  const key = keys.get(header.epoch);
  return key ? as('open', { content: contentOf(entry, header, key) }) : as('locked', { epoch: header.epoch });
}

function contentOf(entry, header, key) {
  try {
    return openMessage(entry, header, key);
  } catch (error) {
    if (error instanceof FormatError) {
      return { type: 'unreadable' };
    }
    throw error;
  }
}

/** When a message is hidden, in Unix ms; Infinity for never. */
export function expiryOf({ header, createdAt }) {
  return header.expires > 0 ? Math.min(header.sent, createdAt) + header.expires * 1000 : Infinity;
}

/** A deletion counts from the author of its target, or from an admin, of a message that it has seen. */
function applyDeletions(messages, byId) {
  for (const deletion of messages) {
    const target = byId.get(deletion.target);
    const counts = deletion.kind === 'deletion' && !deletion.invalid && isMessage(target)
      && target.id <= deletion.seen.id && (deletion.isAdmin || target.sender === deletion.sender);
    if (counts && target.state !== 'invalid') {
      target.state = 'deleted';
    }
  }
}

function isMessage(entry) {
  return entry?.kind === 'message' && !entry.stub;
}

/** The row of an entry, or null if it has none of its own. */
function rowOf(entry) {
  const { id, sender, state } = entry;
  if (entry.stub) {
    return null;
  }
  if (entry.kind === 'epoch') {
    return { id, kind: 'epoch', sender, epoch: entry.statement.epoch, members: entry.statement.members };
  }
  if (entry.kind === 'deletion') {
    return entry.invalid ? { id, kind: 'invalid', sender, reason: entry.invalid } : null;
  }
  switch (state) {
    case 'invalid': return { id, kind: 'invalid', sender, reason: entry.reason };
    case 'locked': return { id, kind: 'locked', sender, epoch: entry.epoch };
    case 'deleted': return { id, kind: 'gone', sender, cause: 'deleted' };
    case 'expired': return { id, kind: 'gone', sender, cause: 'expired' };
    case 'missing': return { id, kind: 'gone', sender, cause: 'withheld' };
    default: return contentRow(entry);
  }
}

function contentRow({ id, sender, seen, content }) {
  if (content.type === 'edit' || content.type === 'reaction') {
    return null;
  }
  const row = { id, kind: 'message', sender, edited: false, reactions: {}, ...content };
  // What it answers can only be something that its author had.
  return content.reply_to > seen ? { ...row, reply_to: null } : row;
}

/** Lets an edit or a reaction change the row of its target. */
function change({ sender, seen, content }, byId, rows) {
  const row = rows.get(content.target);
  if (row?.kind !== 'message' || content.target > seen) {
    return;
  }
  if (content.type === 'edit' && sender === row.sender && ['text', 'file'].includes(row.type)) {
    row.body = content.body;
    row.edited = true;
  }
  if (content.type === 'reaction') {
    row.reactions[content.emoji] = [...new Set([...(row.reactions[content.emoji] ?? []), sender])];
  }
}
