-- What nodes say about the people on them. It holds while the node's lease does, and a crash of the database may empty it: then the nodes say it again.

-- version: of the latest thing it said. lost: how often a name was taken from a user of it.
CREATE UNLOGGED TABLE ${schema}.nodes (
  node       text        COLLATE "C" PRIMARY KEY,
  expires_at timestamptz NOT NULL,
  version    bigint      NOT NULL DEFAULT 0,
  lost       bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- key: a room's name, for who is in it; a user's inbox, for how they are connected. An empty text is remembered for a while.
CREATE UNLOGGED TABLE ${schema}.presence (
  key     text   COLLATE "C" NOT NULL,
  node    text   COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  text    text   NOT NULL,
  PRIMARY KEY (key, node)
);

CREATE INDEX presence_by_version ON ${schema}.presence (node, version);

-- The forms in which names must differ, of those who are here; nodes: where. folded: the name as it is looked for.
CREATE UNLOGGED TABLE ${schema}.names (
  key     text   COLLATE "C" PRIMARY KEY,
  user_id text   COLLATE "C" NOT NULL,
  name    text   NOT NULL,
  folded  text   COLLATE "C" NOT NULL,
  nodes   text[] COLLATE "C" NOT NULL
);

CREATE INDEX names_by_user ON ${schema}.names (user_id);
CREATE INDEX names_by_name ON ${schema}.names (folded);
