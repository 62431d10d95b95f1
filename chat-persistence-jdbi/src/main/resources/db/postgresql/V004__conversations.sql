-- What belongs to a conversation names it without a reference: every change holds the
-- conversation's lock, and when it has ended its rows go in small batches, the conversation last.
-- Users stay in conversations until a sweep has taken them out, longer than their accounts.

CREATE TABLE conversations (
  id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  group_id BYTEA NOT NULL UNIQUE CHECK (length(group_id) = 32),
  name TEXT CHECK (length(name) <= 200),
  created_at_ms BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  epoch_entry BIGINT NOT NULL,
  rekey_required BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  participant_count INTEGER NOT NULL CHECK (participant_count >= 0),
  message_count BIGINT NOT NULL,
  last_id BIGINT NOT NULL,
  last_at_ms BIGINT NOT NULL,
  last_hash BYTEA NOT NULL CHECK (length(last_hash) = 32)
);

-- Nobody is in them: they have ended, and wait to be removed.
CREATE INDEX conversations_ended ON conversations (id) WHERE participant_count = 0;

CREATE TABLE conversation_participants (
  conversation_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  joined_at_ms BIGINT,
  added_epoch BIGINT NOT NULL,
  window_after BIGINT NOT NULL,
  window_epoch_entry BIGINT NOT NULL,
  invited_by BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);

CREATE INDEX conversation_participants_by_user
  ON conversation_participants (user_id, conversation_id);
CREATE INDEX conversation_participants_invited
  ON conversation_participants (invited_by) WHERE joined_at_ms IS NULL;

-- All kinds of entries. What is counted is counted up to and with the entry: messages, and
-- messages of the same sender; so nobody counts rows. What is large comes last, so that nothing
-- else lies behind it. The size is that of what a page is bounded by.
CREATE TABLE messages (
  conversation_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('message', 'epoch', 'deletion')),
  sender_id BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  created_at_ms BIGINT NOT NULL,
  size BIGINT NOT NULL,
  message_number BIGINT NOT NULL,
  sender_number BIGINT,
  file_count INTEGER NOT NULL DEFAULT 0,
  deleted_id BIGINT,
  deletion_id BIGINT,
  sent_at_ms BIGINT,
  expires_in_s INTEGER,
  expires_at_ms BIGINT,
  client_id BYTEA CHECK (length(client_id) = 16),
  seen_id BIGINT,
  seen_hash BYTEA CHECK (length(seen_hash) = 32),
  body_hash BYTEA NOT NULL CHECK (length(body_hash) = 32),
  content_hash BYTEA CHECK (length(content_hash) = 32),
  running_hash BYTEA NOT NULL CHECK (length(running_hash) = 32),
  signature BYTEA NOT NULL CHECK (length(signature) = 64),
  nonce BYTEA CHECK (length(nonce) = 24),
  ciphertext BYTEA,
  PRIMARY KEY (conversation_id, id),
  CHECK ((nonce IS NULL) = (ciphertext IS NULL))
);

CREATE UNIQUE INDEX messages_by_client ON messages (conversation_id, sender_id, client_id)
  WHERE client_id IS NOT NULL;
CREATE INDEX messages_by_sender ON messages (conversation_id, sender_id, id, sender_number)
  WHERE sender_number IS NOT NULL;
CREATE INDEX messages_expiring ON messages (expires_at_ms)
  WHERE expires_at_ms IS NOT NULL AND nonce IS NOT NULL;

CREATE TABLE epochs (
  conversation_id BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  statement TEXT NOT NULL,
  PRIMARY KEY (conversation_id, epoch)
);

-- By their owners, with whom they go.
CREATE TABLE keys (
  conversation_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  wrapped_key BYTEA NOT NULL,
  PRIMARY KEY (conversation_id, user_id, epoch)
);

CREATE TABLE message_read_statuses (
  conversation_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  up_to BIGINT NOT NULL,
  read_at_ms BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);

-- Who has begun what lately, whether it is still there or not.
CREATE TABLE conversation_starts (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  started_at_ms BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  PRIMARY KEY (user_id, started_at_ms, conversation_id)
);

CREATE INDEX conversation_starts_by_age ON conversation_starts (started_at_ms);

-- Conversations that somebody has left: their messages there are erased when their account ends,
-- up to an entry so far; keys that did not go at once belong to epochs up to one.
CREATE TABLE departures (
  user_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  emptied_to BIGINT NOT NULL DEFAULT 0,
  stale_key_epoch BIGINT,
  PRIMARY KEY (user_id, conversation_id)
);

CREATE INDEX departures_by_conversation ON departures (conversation_id);
CREATE INDEX departures_with_keys ON departures (conversation_id, user_id)
  WHERE stale_key_epoch IS NOT NULL;

-- Whether somebody is still to be taken out of conversations.
ALTER TABLE closed_accounts
  ADD COLUMN pending BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX closed_accounts_pending ON closed_accounts (id) WHERE pending;

-- Of what a message carries the row stays as long as the message, even when the bytes are gone.
CREATE TABLE files (
  id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  conversation_id BIGINT NOT NULL,
  uploader_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('uploading', 'kept', 'erased', 'gone')),
  name TEXT NOT NULL CHECK (length(name) <= 255),
  mime_type TEXT NOT NULL CHECK (length(mime_type) <= 100),
  began_at_ms BIGINT NOT NULL,
  uploaded_at_ms BIGINT,
  size BIGINT,
  sha256 BYTEA CHECK (length(sha256) = 32),
  entry_id BIGINT,
  position INTEGER,
  expires_at_ms BIGINT,
  CHECK (state IN ('uploading', 'erased') OR sha256 IS NOT NULL)
);

CREATE INDEX files_by_entry ON files (conversation_id, entry_id, position);
CREATE INDEX files_by_uploader ON files (uploader_id, size) WHERE state = 'kept';
CREATE INDEX files_uploading ON files (began_at_ms) WHERE state = 'uploading';
CREATE INDEX files_unattached ON files (uploaded_at_ms)
  WHERE state = 'kept' AND entry_id IS NULL;
CREATE INDEX files_erased ON files (id) WHERE state = 'erased';

CREATE TABLE file_chunks (
  file_id BIGINT NOT NULL REFERENCES files (id),
  number INTEGER NOT NULL,
  bytes BYTEA NOT NULL CHECK (length(bytes) BETWEEN 1 AND 65536),
  PRIMARY KEY (file_id, number)
);

-- Encrypted bytes can't be compressed, and a usual message lies in its row.
ALTER TABLE messages ALTER COLUMN ciphertext SET STORAGE EXTERNAL;
ALTER TABLE messages SET (toast_tuple_target = 4080);
ALTER TABLE keys ALTER COLUMN wrapped_key SET STORAGE EXTERNAL;
ALTER TABLE file_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- A conversation's row changes with every entry: in its page, where no index notices.
ALTER TABLE conversations SET (fillfactor = 50);
