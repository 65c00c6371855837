-- The public rooms in the order in which they are listed, so that a page of them reads no others.
CREATE INDEX public_rooms ON rooms (at_ms) WHERE access = 'public' AND archived = 0;
