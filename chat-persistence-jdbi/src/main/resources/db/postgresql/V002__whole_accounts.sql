-- What a new device gets instead of asking for the second factor twice.
CREATE TABLE login_tickets (
  ticket_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(ticket_hash) = 32),
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  by_recovery_code BOOLEAN NOT NULL,
  created_at_ms BIGINT NOT NULL
);

CREATE INDEX login_tickets_by_user ON login_tickets (user_id);
CREATE INDEX login_tickets_by_age ON login_tickets (created_at_ms);

-- A new second factor waits in the session that asked for it, and ends with it.
CREATE TABLE pending_resets (
  session_hash BYTEA NOT NULL PRIMARY KEY REFERENCES sessions (token_hash) ON DELETE CASCADE,
  twofa_secret BYTEA NOT NULL,
  created_at_ms BIGINT NOT NULL
);

CREATE INDEX pending_resets_by_age ON pending_resets (created_at_ms);

CREATE TABLE blocks (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  blocked_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at_ms BIGINT NOT NULL,
  PRIMARY KEY (user_id, blocked_id)
);

CREATE INDEX blocks_by_blocked ON blocks (blocked_id);

-- Ids that were somebody's, so that they never become somebody else's.
CREATE TABLE closed_accounts (
  id BIGINT PRIMARY KEY,
  closed_at_ms BIGINT NOT NULL
);
