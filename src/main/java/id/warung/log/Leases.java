package id.warung.log;

import id.warung.protocol.User;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each node says about the people on it, and the names that they have. It holds while the node renews its lease, and is gone within
 * seconds of a node that ended in any way. Nothing of it outlives the database's next crash. Methods block; any thread may call them, except
 * that one thread at a time publishes.
 */
public interface Leases {
    /** How long a lease holds after it was renewed. What others show is gone three seconds later at most: they look, and then publish. */
    int LEASE_SECONDS = 12;
    /** How often a node renews its lease while somebody is on it. */
    int RENEWAL_SECONDS = 4;

    /**
     * What one node says about one thing.
     *
     * @param key a room's name, for who is in it; a user's inbox, for how they are connected
     * @param node who says it
     * @param text what it says; empty when it says nothing any more
     */
    record Part(String key, String node, String text) {}

    /**
     * The nodes that hold a lease now.
     *
     * @param others the latest version that each other one has published, by node
     * @param lostNames changes when a name was taken from a user of this node
     */
    record Standing(Map<String, Long> others, long lostNames) {}

    /** The name of this node, which no other has, nor had. */
    String node();

    /** Renews this node's lease; false when it had ended, or never began: then everything has to be said and claimed again. */
    boolean renew() throws IOException;

    /** Replaces what this node says, by key; nobody sees some of it without the rest. Each version is one more than the last. */
    void publish(long version, Map<String, String> texts) throws IOException;

    /** The live nodes. Writes nothing. */
    Standing standing() throws IOException;

    /** What other live nodes say of these. */
    List<Part> about(Collection<String> keys) throws IOException;

    /** What these nodes have published after these versions; those that said nothing any more for a while may be missing. */
    List<Part> since(Map<String, Long> versions) throws IOException;

    /** After so many versions, what a node took back is missing in {@link #since}. */
    int REMEMBERED_VERSIONS = 60;

    /**
     * Claims the first of these names that looks like nobody else's, for a guest on this node; null when each one looks like somebody's.
     *
     * @param names the first one preferred
     */
    String claim(String userId, List<String> names) throws IOException;

    /**
     * Claims these users' names all at once; those who are signed in get theirs also if a guest has it. Returns the ids of the guests
     * whose names look like another user's: they get none.
     */
    Set<String> claim(Collection<User> users) throws IOException;

    /** Which of these guests' names were taken from this node since it claimed them: their ids. */
    Set<String> lost(Collection<User> guests) throws IOException;

    /** These users are on this node no more: their names are free, unless they are on another one. */
    void release(Collection<String> userIds) throws IOException;

    /** The user with this id who has a name on a live node; null when there is none. */
    User user(String id) throws IOException;

    /** At most {@code limit} users with names on live nodes that start with this, in folded form; by name. */
    List<User> startingWith(String folded, int limit) throws IOException;
}
