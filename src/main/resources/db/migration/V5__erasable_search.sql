-- The index of before kept deleted words until it was optimized. From here on words are taken out by handing them in, and nothing of them is left.
-- What was said is put in again after the start, from the beginning of each room; see SearchIndexer.
DROP TABLE search;

-- What the index knows, in the order in which it was committed: id is the row in the index. source: the entry whose words are in it, the message or its
-- last edit; words: how many of them are in it. json: what source was, once it is gone from the log and until its words are gone from the index.
CREATE TABLE searchable (
  id      INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  seq     INTEGER NOT NULL,
  source  INTEGER NOT NULL,
  words   INTEGER NOT NULL DEFAULT 0,
  json    BLOB
);

CREATE UNIQUE INDEX searchable_by_seq ON searchable (room_id, seq);
CREATE INDEX searchable_no_more ON searchable (id) WHERE json IS NOT NULL;

-- The words of messages, folded and cut before they come here. Without columnsize nothing is kept of a row but its words.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4', tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- A Warung from before this would not refuse the database because of a migration that is newer than its own, but because of one that it misses among them.
INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
  VALUES (0, '0.5', 'only for newer versions', 'SQL', 'V5__erasable_search.sql', NULL, '', 0, 1);

-- What mentions somebody is forgotten with its message, which is known by its room and seq.
CREATE INDEX mentions_by_seq ON mentions (room_id, seq);
