-- The words of messages, folded and cut before they come here; one more word says in which room. In parts by room, because what is erased
-- leaves the index of a part only when that part is written anew: GIN keeps a word for ever, also one that no row has any more.
CREATE TABLE ${schema}.search (
  room_id bigint   NOT NULL,
  seq     bigint   NOT NULL,
  words   tsvector NOT NULL,
  PRIMARY KEY (room_id, seq)
) PARTITION BY HASH (room_id);

DO $$
BEGIN
  FOR part IN 0..31 LOOP
    EXECUTE format('CREATE ${unlogged} TABLE ${schema}.search_%s PARTITION OF ${schema}.search FOR VALUES WITH (MODULUS 32, REMAINDER %s)',
      part, part);
  END LOOP;
END $$;

CREATE INDEX search_words ON ${schema}.search USING gin (words) WITH (fastupdate = off);

-- Up to which seq the search knows a room. Not in the room's row, which those who post must have.
CREATE ${unlogged} TABLE ${schema}.indexed (
  room_id bigint PRIMARY KEY,
  seq     bigint NOT NULL
) WITH (fillfactor = 50);

-- What was erased since its remains were removed from the files; block: where it was in entries; by: the transaction.
CREATE ${unlogged} TABLE ${schema}.erased (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id bigint NOT NULL,
  seq     bigint NOT NULL,
  block   bigint NOT NULL,
  by      xid    NOT NULL DEFAULT pg_current_xact_id()::xid
);
