-- calls: who may call all users of the room at once; folded: its title, or otherwise its name, as it is looked for and sorted.
ALTER TABLE rooms ADD COLUMN calls  TEXT NOT NULL DEFAULT 'moderators';
ALTER TABLE rooms ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE rooms SET folded = name;
CREATE INDEX public_rooms_by_name ON rooms (folded) WHERE access = 'public' AND archived = 0;

-- Which entries call everybody in their room: each counts as a mention of those who have not read it.
CREATE TABLE room_calls (
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  seq     INTEGER NOT NULL,
  author  TEXT    NOT NULL,
  PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;

-- The rooms that a user wants at hand.
CREATE TABLE stars (
  user_id TEXT    NOT NULL,
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  PRIMARY KEY (user_id, room_id)
) WITHOUT ROWID;
