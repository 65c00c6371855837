-- ANALYZE, which comes by itself, copies frequent and random values of each column into the planner's statistics. What is erased must not stay
-- there, and no plan needs to know anything about these columns.
ALTER TABLE ${schema}.entries ALTER COLUMN json SET STATISTICS 0;
ALTER TABLE ${schema}.search ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE ${schema}.reactions ALTER COLUMN emoji SET STATISTICS 0;
