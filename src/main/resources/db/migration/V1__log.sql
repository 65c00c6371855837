-- What names this log as a whole: its epoch, and whether this file is a backup that nobody has opened yet.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- first: the lowest seq that is still kept; head: the highest that was ever given out.
CREATE TABLE rooms (
  id    INTEGER PRIMARY KEY,
  name  TEXT    NOT NULL UNIQUE,
  first INTEGER NOT NULL DEFAULT 1,
  head  INTEGER NOT NULL DEFAULT 0
);

-- json: the entry as it goes over the wire. post_id: the author's own id, if he gave one.
CREATE TABLE entries (
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  seq     INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL,
  author  TEXT    NOT NULL,
  post_id TEXT,
  json    BLOB    NOT NULL,
  PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;

CREATE UNIQUE INDEX entries_by_post_id ON entries (room_id, author, post_id) WHERE post_id IS NOT NULL;

-- What is remembered of a post after its entry was trimmed: enough to answer a retry.
CREATE TABLE tombstones (
  room_id   INTEGER NOT NULL REFERENCES rooms (id),
  author    TEXT    NOT NULL,
  post_id   TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  at_ms     INTEGER NOT NULL,
  text_hash BLOB    NOT NULL,
  PRIMARY KEY (room_id, author, post_id)
) WITHOUT ROWID;
