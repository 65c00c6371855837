package id.warung.log.command;

/** What an entry is, for those who look for it; stored as its code. */
public enum EntryKind {
    MESSAGE(0),
    EDITED(1),
    DELETED(2),
    /** What was a message. */
    ERASED(3),
    OTHER(4);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /** As it is stored. */
    public int code() {
        return code;
    }

    /** What is stored so; what is not known here is something other. */
    public static EntryKind of(int code) {
        for (EntryKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return OTHER;
    }
}
