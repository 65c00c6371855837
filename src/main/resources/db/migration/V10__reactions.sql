-- The entries that are reactions to a message. emoji and user_id: who reacts with what now; NULL in an entry that was taken back, or takes one
-- back. So it has each user's reaction to a message with a character at most once, and what must be erased with the message.
CREATE TABLE reactions (
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  target  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  emoji   TEXT,
  user_id TEXT,
  PRIMARY KEY (room_id, target, seq)
) WITHOUT ROWID;

CREATE UNIQUE INDEX reactions_by_user ON reactions (room_id, target, emoji, user_id) WHERE emoji IS NOT NULL;
CREATE INDEX reactions_by_kind ON reactions (room_id, target, emoji, seq) WHERE emoji IS NOT NULL;
