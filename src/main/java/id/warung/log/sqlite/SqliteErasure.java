package id.warung.log.sqlite;

import id.warung.log.command.EntryKind;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EntryCodec;
import java.sql.SQLException;

/** Replaces erased entries, and removes what says whom they mention or call. Static, stateless. */
final class SqliteErasure {
    private SqliteErasure() {}

    static void erase(
            Statements sql, EntryCodec codec, long nowMillis, long roomId, StoredEntry entry, byte[] placeholder)
            throws SQLException {
        takeOutOfSearch(sql, codec, roomId, entry);
        sql.update(
                "INSERT INTO tombstones (room_id, author, post_id, seq, at_ms, text_hash)"
                        + " SELECT room_id, author, post_id, seq, ?, coalesce(request_hash, ?) FROM entries"
                        + " WHERE room_id = ? AND seq = ? AND post_id IS NOT NULL"
                        + " ON CONFLICT DO NOTHING", // the first execution of a request counts
                nowMillis,
                RequestKey.hashOfBody(codec.bodyOf(entry.json())),
                roomId,
                entry.seq());
        sql.update(
                "UPDATE entries SET json = ?, kind = ?, post_id = NULL, request_hash = NULL WHERE room_id = ? AND seq = ?",
                placeholder,
                entry.kind().erased().code(),
                roomId,
                entry.seq());
        sql.update("DELETE FROM mentions WHERE room_id = ? AND seq = ?", roomId, entry.seq());
        SqliteCalls.delete(sql, roomId, entry.seq());
    }

    /** Hides an entry from search at once; its words are removed from the index later, which must know them for that. */
    private static void takeOutOfSearch(Statements sql, EntryCodec codec, long roomId, StoredEntry entry)
            throws SQLException {
        boolean message = entry.kind() == EntryKind.MESSAGE;
        sql.update(
                "UPDATE searchable SET json = (SELECT json FROM entries WHERE room_id = searchable.room_id AND seq = source)"
                        + " WHERE room_id = ? AND seq = ? AND json IS NULL AND (seq = ? OR source = ?)",
                roomId,
                message ? entry.seq() : codec.header(entry.json()).target(),
                entry.seq(),
                entry.seq());
    }
}
