-- What a command asked for, as the first 16 bytes of the SHA-256 of all of it; NULL in what was written before, where its text is compared.
ALTER TABLE entries ADD COLUMN request_hash BLOB;

-- title: what people call the room, in any script; version: goes up with each change of who may do what in it.
ALTER TABLE rooms ADD COLUMN title   TEXT;
ALTER TABLE rooms ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- version: goes up with each change of who they are; not_before: tokens given out before, in seconds since 1970, are good for nothing.
ALTER TABLE users ADD COLUMN version    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
