-- What users have forgotten that they read. version: of the user's inbox at that time, so that other nodes find it; a mark may have come since.
CREATE ${unlogged} TABLE ${schema}.forgotten_reads (
  room_id bigint NOT NULL,
  version bigint NOT NULL,
  user_id text   COLLATE "C" NOT NULL,
  PRIMARY KEY (user_id, room_id)
);
