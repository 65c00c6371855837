/**
 * A room is a log, a session is a cursor.
 *
 * <pre>
 *   Room.post ─► Committer ─► MessageLog.append
 *                    │ committed: seq
 *                    ▼
 *                  Tail   block 1…256 │ block 257…512 │ …             (recent entries, encoded once)
 *                    │ wake (carries nothing)
 *         ┌──────────┴──────────┐
 *       Stripe                Stripe                                 (at most 256 cursors each)
 *     next=91  next=40 …    next=91 …
 *         └── Block.frame(next) : one frame, shared by all who stand there
 * </pre>
 *
 * Knows the log and below; knows no session, only something that can be woken.
 */
package id.warung.room;
