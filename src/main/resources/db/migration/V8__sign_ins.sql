-- The sign-ins that were ended one by one, until their tokens end by themselves (in seconds since 1970).
CREATE TABLE ended_sign_ins (
  user_id TEXT NOT NULL,
  sign_in TEXT NOT NULL,
  until_s INTEGER NOT NULL,
  PRIMARY KEY (user_id, sign_in)
) WITHOUT ROWID;
CREATE INDEX ended_sign_ins_by_end ON ended_sign_ins (until_s);

-- The forms in which guests' names must differ from the names of people who have signed in.
CREATE TABLE name_keys (
  key     TEXT NOT NULL,
  user_id TEXT NOT NULL,
  PRIMARY KEY (key, user_id)
) WITHOUT ROWID;
CREATE INDEX name_keys_by_user ON name_keys (user_id);
