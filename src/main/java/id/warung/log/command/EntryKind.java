package id.warung.log.command;

/** The kind of an entry, for those who look for it; stored as its code. */
public enum EntryKind {
    MESSAGE(0),
    EDITED(1),
    DELETED(2),
    /** A message that was deleted. */
    ERASED(3),
    OTHER(4),
    /** A user has reacted to a message, or does not any more; also when that was erased. */
    REACTED(5);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /** The kind of an entry of this kind when it is erased. */
    public EntryKind erased() {
        return switch (this) {
            case MESSAGE, ERASED -> ERASED;
            case REACTED -> REACTED;
            default -> OTHER;
        };
    }

    /** The stored code. */
    public int code() {
        return code;
    }

    /** The kind with this code; an unknown code is of another kind. */
    public static EntryKind of(int code) {
        for (EntryKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return OTHER;
    }
}
