-- The ids of those who moderate the room beside its owner, with blanks between them.
ALTER TABLE rooms ADD COLUMN moderators TEXT NOT NULL DEFAULT '';
