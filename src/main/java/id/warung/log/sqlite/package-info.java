/**
 * The durable storage of one node, an embedded database in a data folder: {@link id.warung.log.sqlite.SqliteStorage} opens it,
 * {@link id.warung.log.sqlite.Maintenance} copies it and begins its epoch anew. The search index, trimming and erasure are here, for they
 * follow from how it is stored. Knows {@code log}, {@code log.command} and what is below; no other storage.
 */
package id.warung.log.sqlite;
