package id.warung.log;

import id.warung.protocol.User;

/** What somebody wants in a room's log. {@code id} is the author's own and may be null. */
public record Draft(String room, User author, String id, String text, Receipt receipt) {
    /** How the author's session and the room hear what became of the draft. Called on the committer's thread; must not block or throw. */
    public interface Receipt {
        /** It was settled. Drafts are settled in the order of their seq. */
        void settled(Outcome outcome);

        /** All of the group have been settled: time to tell the readers, once. */
        void groupSettled();
    }

    /** Roughly what it takes in memory while it waits. */
    public int weightBytes() {
        return 2 * text.length() + 256;
    }
}
