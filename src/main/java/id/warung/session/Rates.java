package id.warung.session;

/**
 * How often somebody may do something, and how many sockets a user may have; 0 is any number.
 *
 * @param posts commands that write, of a user, each second
 * @param postsBurst how many of them at once
 * @param ephemeralPosts the same in ephemeral rooms, each second
 * @param addressPosts commands that write, of an address, each second; ten times as many in ephemeral rooms
 * @param signals typing signals and read marks of a user, each second; ten times as many joins
 * @param newRooms rooms that a user makes, each hour; an address makes ten times as many
 * @param searches of a user, each second; ten times as many of an address
 * @param requests of the HTTP API, of an address, each second
 * @param handshakes of an address, each second
 * @param signIns of an address, each second
 * @param socketsPerUser sessions of a user at a time: the oldest gives way
 */
public record Rates(
        int posts,
        int postsBurst,
        int ephemeralPosts,
        int addressPosts,
        int signals,
        int newRooms,
        int searches,
        int requests,
        int handshakes,
        int signIns,
        int socketsPerUser) {
    /** No limits. */
    public static final Rates NONE = new Rates(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
