-- The old ones are forgotten a few at a time; without this each time would read them all.
CREATE INDEX tombstones_by_age ON tombstones (at_ms);
