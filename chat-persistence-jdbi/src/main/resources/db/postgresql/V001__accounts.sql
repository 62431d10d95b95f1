-- Times are milliseconds since the Unix epoch. What is sealed opens only in its own row and column.
-- What is indexed is compared by its bytes, as on SQLite: no other library of locales damages an index.

CREATE TABLE users (
  id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  username TEXT NOT NULL CHECK (length(username) BETWEEN 1 AND 24),
  username_canonical TEXT COLLATE "C" NOT NULL UNIQUE,
  email TEXT NOT NULL CHECK (length(email) <= 254),
  email_canonical TEXT COLLATE "C" NOT NULL UNIQUE,
  created_at_ms BIGINT NOT NULL,
  password_hash TEXT NOT NULL CHECK (length(password_hash) <= 256),
  encrypted_private_key BYTEA NOT NULL,
  public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
  encryption_iv TEXT NOT NULL CHECK (length(encryption_iv) IN (24, 32)),
  kdf_memory_kib INTEGER NOT NULL,
  kdf_iterations INTEGER NOT NULL,
  kdf_parallelism INTEGER NOT NULL,
  encryption_key BYTEA CHECK (length(encryption_key) = 1216),
  encryption_key_signature BYTEA CHECK (length(encryption_key_signature) = 64),
  twofa_secret BYTEA NOT NULL,
  CHECK ((encryption_key IS NULL) = (encryption_key_signature IS NULL))
);

CREATE TABLE recovery_codes (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash BYTEA NOT NULL CHECK (length(code_hash) = 32),
  PRIMARY KEY (user_id, code_hash)
);

-- A step is the number of a 30-second period since the Unix epoch.
CREATE TABLE used_totp_steps (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  step BIGINT NOT NULL,
  PRIMARY KEY (user_id, step)
);

CREATE INDEX used_totp_steps_by_age ON used_totp_steps (step);

-- Keeps no name: several may wait for the same one.
CREATE TABLE pending_registrations (
  token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
  username TEXT NOT NULL CHECK (length(username) BETWEEN 1 AND 24),
  email TEXT NOT NULL CHECK (length(email) <= 254),
  created_at_ms BIGINT NOT NULL,
  password_hash TEXT NOT NULL CHECK (length(password_hash) <= 256),
  encrypted_private_key BYTEA NOT NULL,
  public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
  encryption_iv TEXT NOT NULL CHECK (length(encryption_iv) IN (24, 32)),
  kdf_memory_kib INTEGER NOT NULL,
  kdf_iterations INTEGER NOT NULL,
  kdf_parallelism INTEGER NOT NULL,
  encryption_key BYTEA CHECK (length(encryption_key) = 1216),
  encryption_key_signature BYTEA CHECK (length(encryption_key_signature) = 64),
  twofa_secret BYTEA NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  CHECK ((encryption_key IS NULL) = (encryption_key_signature IS NULL))
);

CREATE INDEX pending_registrations_by_age ON pending_registrations (created_at_ms);

CREATE TABLE sessions (
  token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('FULL', 'RESET_REQUIRED')),
  created_at_ms BIGINT NOT NULL,
  last_used_at_ms BIGINT NOT NULL,
  user_agent TEXT NOT NULL CHECK (length(user_agent) <= 256)
);

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (created_at_ms);
CREATE INDEX sessions_by_last_use ON sessions (last_used_at_ms);

CREATE TABLE attempts (
  kind TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL CHECK (length(subject) <= 64),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  since_ms BIGINT NOT NULL,
  blocked_until_ms BIGINT,
  PRIMARY KEY (kind, subject)
);

CREATE INDEX attempts_by_age ON attempts (kind, since_ms);

-- One sealed value, by which a server notices that its secret is not the one of this database.
CREATE TABLE secret_check (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  sealed BYTEA NOT NULL
);

-- Ordered by time, so that inserts touch few pages and the expired go by one range.
CREATE TABLE used_signatures (
  signed_at_ms BIGINT NOT NULL,
  signer BYTEA NOT NULL CHECK (length(signer) = 32),
  digest BYTEA NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (signed_at_ms, signer, digest)
);
