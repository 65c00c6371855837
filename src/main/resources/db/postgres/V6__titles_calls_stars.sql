-- calls: who may call all users of the room at once; folded: its title, or otherwise its name, as it is looked for and sorted; null, as
-- nodes of an older version leave it: the name. No row is rewritten here, as nobody can use the table meanwhile.
ALTER TABLE ${schema}.rooms ADD COLUMN calls  text NOT NULL DEFAULT 'moderators';
ALTER TABLE ${schema}.rooms ADD COLUMN folded text COLLATE "C";
CREATE INDEX public_rooms_by_name ON ${schema}.rooms (coalesce(folded, name), id) WHERE access = 'public' AND NOT archived;

-- Which entries call everybody in their room: each counts as a mention of those who have not read it.
CREATE ${unlogged} TABLE ${schema}.room_calls (
  room_id bigint NOT NULL,
  seq     bigint NOT NULL,
  author  text   COLLATE "C" NOT NULL,
  PRIMARY KEY (room_id, seq)
);

-- The rooms that a user wants at hand.
CREATE ${unlogged} TABLE ${schema}.stars (
  room_id bigint NOT NULL,
  user_id text   COLLATE "C" NOT NULL,
  PRIMARY KEY (user_id, room_id)
);
