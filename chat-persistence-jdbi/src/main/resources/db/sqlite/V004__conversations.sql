-- What belongs to a conversation names it without a reference: every change holds the
-- conversation's lock, and when it has ended its rows go in small batches, the conversation last.
-- Users stay in conversations until a sweep has taken them out, longer than their accounts.

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  group_id BLOB NOT NULL UNIQUE CHECK (length(group_id) = 32),
  name TEXT CHECK (length(name) <= 200),
  created_at_ms INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  epoch_entry INTEGER NOT NULL,
  rekey_required INTEGER NOT NULL CHECK (rekey_required IN (0, 1)),
  version INTEGER NOT NULL,
  participant_count INTEGER NOT NULL CHECK (participant_count >= 0),
  message_count INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  last_hash BLOB NOT NULL CHECK (length(last_hash) = 32)
) STRICT;

-- Nobody is in them: they have ended, and wait to be removed.
CREATE INDEX conversations_ended ON conversations (id) WHERE participant_count = 0;

CREATE TABLE conversation_participants (
  conversation_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  joined_at_ms INTEGER,
  added_epoch INTEGER NOT NULL,
  window_after INTEGER NOT NULL,
  window_epoch_entry INTEGER NOT NULL,
  invited_by INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_participants_by_user
  ON conversation_participants (user_id, conversation_id);
CREATE INDEX conversation_participants_invited
  ON conversation_participants (invited_by) WHERE joined_at_ms IS NULL;

-- All kinds of entries. What is counted is counted up to and with the entry: messages, and
-- messages of the same sender; so nobody counts rows. What is large comes last, so that nothing
-- else lies behind it. The size is that of what a page is bounded by.
CREATE TABLE messages (
  conversation_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('message', 'epoch', 'deletion')),
  sender_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  size INTEGER NOT NULL,
  message_number INTEGER NOT NULL,
  sender_number INTEGER,
  file_count INTEGER NOT NULL DEFAULT 0,
  deleted_id INTEGER,
  deletion_id INTEGER,
  sent_at_ms INTEGER,
  expires_in_s INTEGER,
  expires_at_ms INTEGER,
  client_id BLOB CHECK (length(client_id) = 16),
  seen_id INTEGER,
  seen_hash BLOB CHECK (length(seen_hash) = 32),
  body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
  content_hash BLOB CHECK (length(content_hash) = 32),
  running_hash BLOB NOT NULL CHECK (length(running_hash) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  nonce BLOB CHECK (length(nonce) = 24),
  ciphertext BLOB,
  PRIMARY KEY (conversation_id, id),
  CHECK ((nonce IS NULL) = (ciphertext IS NULL))
) STRICT;

CREATE UNIQUE INDEX messages_by_client ON messages (conversation_id, sender_id, client_id)
  WHERE client_id IS NOT NULL;
CREATE INDEX messages_by_sender ON messages (conversation_id, sender_id, id, sender_number)
  WHERE sender_number IS NOT NULL;
CREATE INDEX messages_expiring ON messages (expires_at_ms)
  WHERE expires_at_ms IS NOT NULL AND nonce IS NOT NULL;

CREATE TABLE epochs (
  conversation_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  statement TEXT NOT NULL,
  PRIMARY KEY (conversation_id, epoch)
) STRICT;

-- By their owners, with whom they go.
CREATE TABLE keys (
  conversation_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL,
  PRIMARY KEY (conversation_id, user_id, epoch)
) STRICT;

CREATE TABLE message_read_statuses (
  conversation_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  up_to INTEGER NOT NULL,
  read_at_ms INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
) STRICT, WITHOUT ROWID;

-- Who has begun what lately, whether it is still there or not.
CREATE TABLE conversation_starts (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  started_at_ms INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  PRIMARY KEY (user_id, started_at_ms, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_starts_by_age ON conversation_starts (started_at_ms);

-- Conversations that somebody has left: their messages there are erased when their account ends,
-- up to an entry so far; keys that did not go at once belong to epochs up to one.
CREATE TABLE departures (
  user_id INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  emptied_to INTEGER NOT NULL DEFAULT 0,
  stale_key_epoch INTEGER,
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX departures_by_conversation ON departures (conversation_id);
CREATE INDEX departures_with_keys ON departures (conversation_id, user_id)
  WHERE stale_key_epoch IS NOT NULL;

-- Whether somebody is still to be taken out of conversations.
ALTER TABLE closed_accounts
  ADD COLUMN pending INTEGER NOT NULL DEFAULT 0 CHECK (pending IN (0, 1));

CREATE INDEX closed_accounts_pending ON closed_accounts (id) WHERE pending;

-- Of what a message carries the row stays as long as the message, even when the bytes are gone.
CREATE TABLE files (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  conversation_id INTEGER NOT NULL,
  uploader_id INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('uploading', 'kept', 'erased', 'gone')),
  name TEXT NOT NULL CHECK (length(name) <= 255),
  mime_type TEXT NOT NULL CHECK (length(mime_type) <= 100),
  began_at_ms INTEGER NOT NULL,
  uploaded_at_ms INTEGER,
  size INTEGER,
  sha256 BLOB CHECK (length(sha256) = 32),
  entry_id INTEGER,
  position INTEGER,
  expires_at_ms INTEGER,
  CHECK (state IN ('uploading', 'erased') OR sha256 IS NOT NULL)
) STRICT;

CREATE INDEX files_by_entry ON files (conversation_id, entry_id, position);
CREATE INDEX files_by_uploader ON files (uploader_id, size) WHERE state = 'kept';
CREATE INDEX files_uploading ON files (began_at_ms) WHERE state = 'uploading';
CREATE INDEX files_unattached ON files (uploaded_at_ms)
  WHERE state = 'kept' AND entry_id IS NULL;
CREATE INDEX files_erased ON files (id) WHERE state = 'erased';

CREATE TABLE file_chunks (
  file_id INTEGER NOT NULL REFERENCES files (id),
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 65536),
  PRIMARY KEY (file_id, number)
) STRICT;
