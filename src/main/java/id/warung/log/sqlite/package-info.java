/**
 * The durable storage of one node, an embedded database in a data folder: {@link id.warung.log.sqlite.SqliteStorage} opens it,
 * {@link id.warung.log.sqlite.Maintenance} makes backups and begins new epochs. The search index, retention and erasure are here, because they
 * depend on how data is stored. Knows {@code log}, {@code log.command} and what is below; no other storage.
 */
package id.warung.log.sqlite;
