-- The table indexed has it, so that those who post need not wait for the search.
ALTER TABLE ${schema}.rooms DROP COLUMN indexed;

-- back: the latest change was to an earlier entry; other nodes take a lower mark only then.
ALTER TABLE ${schema}.reads ADD COLUMN back boolean NOT NULL DEFAULT false;
