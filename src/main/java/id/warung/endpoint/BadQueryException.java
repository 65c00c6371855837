package id.warung.endpoint;

/** The query is invalid; the message is a sentence for the client. */
final class BadQueryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadQueryException(String sentence) {
        super(sentence);
    }
}
