-- The entries that are reactions to a message. emoji and user_id: who reacts with what now; NULL in an entry that was taken back, or takes one
-- back. So it has each user's reaction to a message with a character at most once, and what must be erased with the message.
CREATE ${unlogged} TABLE ${schema}.reactions (
  room_id bigint NOT NULL,
  target  bigint NOT NULL,
  seq     bigint NOT NULL,
  emoji   text   COLLATE "C",
  user_id text   COLLATE "C",
  PRIMARY KEY (room_id, target, seq)
);

CREATE UNIQUE INDEX reactions_by_user ON ${schema}.reactions (room_id, target, emoji, user_id) WHERE emoji IS NOT NULL;
CREATE INDEX reactions_by_kind ON ${schema}.reactions (room_id, target, emoji, seq) WHERE emoji IS NOT NULL;
