-- The public rooms in the order in which they are listed, so that a page of them reads no others.
CREATE INDEX public_rooms ON rooms (at_ms) WHERE access = 'public' AND archived = 0;

-- The rooms in which something is said that the search does not know yet: it asks for them all the time, and there are few.
CREATE INDEX rooms_to_index ON rooms (id) WHERE indexed < head;
