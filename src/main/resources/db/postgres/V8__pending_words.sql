-- New words wait in a list beside the index of a part, and enter it many at a time: a frequent one costs the index one change, and not one for
-- each message. Each search in the part reads this list as well, so that it is short (in kB). The words in it disappear with the part's index,
-- when that is written anew.
DO $$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = '${schema}.search_words'::regclass LOOP
    EXECUTE format('ALTER INDEX %s SET (fastupdate = on, gin_pending_list_limit = 64)', part);
  END LOOP;
END $$;
