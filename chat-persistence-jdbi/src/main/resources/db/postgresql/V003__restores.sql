-- At most one row: whether this is a copy that nobody has opened yet, and when one was last opened.
CREATE TABLE restores (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  unopened INTEGER NOT NULL CHECK (unopened IN (0, 1)),
  restored_at_ms BIGINT
);
