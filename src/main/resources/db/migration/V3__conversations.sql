-- What a room is, besides its entries. n: its messages; indexed: up to which seq the search knows it; at_ms: when the head was written;
-- buried: whether tombstones are to be asked for it.
ALTER TABLE rooms ADD COLUMN n        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN access   TEXT    NOT NULL DEFAULT 'public';
ALTER TABLE rooms ADD COLUMN topic    TEXT    NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN owner    TEXT;
ALTER TABLE rooms ADD COLUMN at_ms    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN indexed  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN buried   INTEGER NOT NULL DEFAULT 0;

-- kind: 0 a message, 1 an edit, 2 a deletion, 3 what was erased, 4 anything else.
ALTER TABLE entries ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;

-- All there was until now are messages, and each is numbered as such. In a text a quotation mark is escaped, so what is replaced is the field.
UPDATE rooms SET n = head, buried = first > 1,
  at_ms = coalesce((SELECT at_ms FROM entries WHERE room_id = rooms.id AND seq = rooms.head), 0);
UPDATE entries SET json = CAST(replace(CAST(json AS TEXT), ',"seq":' || seq || ',', ',"seq":' || seq || ',"n":' || seq || ',') AS BLOB);

-- Which entry edits which.
CREATE TABLE edits (
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  target  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (room_id, target, seq)
) WITHOUT ROWID;

CREATE TABLE members (
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  user_id TEXT    NOT NULL,
  PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;

CREATE INDEX members_by_user ON members (user_id);

-- Those who have said something, or were named. folded: the name as it is looked for.
CREATE TABLE users (
  id     TEXT PRIMARY KEY,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX users_by_name ON users (folded);

-- How far each has read: up to seq, and so n messages.
CREATE TABLE reads (
  user_id TEXT    NOT NULL,
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  seq     INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (user_id, room_id)
) WITHOUT ROWID;

-- Who is mentioned where, and has not read it yet.
CREATE TABLE mentions (
  user_id TEXT    NOT NULL,
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  seq     INTEGER NOT NULL,
  PRIMARY KEY (user_id, room_id, seq)
) WITHOUT ROWID;

-- The words of messages, folded and cut before they come here; the messages themselves are in entries.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4', tokenize = 'ascii');
