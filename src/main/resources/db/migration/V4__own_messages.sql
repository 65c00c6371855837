-- One's own messages are not unread. Those without an id of their author's, and those that were erased, are found here; of the others the index by id knows.
-- From here on kind 3 is an erased message; an erased edit is one of 4.
CREATE INDEX own_messages ON entries (room_id, author, seq) WHERE post_id IS NULL AND kind IN (0, 3);
