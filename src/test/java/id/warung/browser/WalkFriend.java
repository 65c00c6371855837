package id.warung.browser;

import static id.warung.client.Person.field;

import id.warung.browser.WalkRoom.Kind;
import id.warung.browser.WalkRoom.Said;
import id.warung.client.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client without a browser that writes to the walker: each of its messages is in the log when the method returns. */
final class WalkFriend implements AutoCloseable {
    private final URI chat;
    private final List<String> joined = new ArrayList<>();
    private Person person;

    WalkFriend(URI chat) {
        this.chat = chat;
        person = Person.signedIn(chat);
    }

    /** Joins the room, even if it does not exist yet. */
    WalkRoom joins(WalkRoom room) {
        joined.add(room.name);
        reads(room.name);
        return room;
    }

    /** Creates a room; a room for members has {@code reader} as a member. */
    WalkRoom makes(String name, Kind kind, String reader) {
        person.create(name, field("access", kind == Kind.MEMBERS ? "members" : "public"));
        if (kind == Kind.MEMBERS) {
            person.command("add", name, field("user", reader));
        }
        return joins(new WalkRoom(name, kind, true));
    }

    /** Starts the direct conversation with {@code reader}. */
    WalkRoom writesTo(String reader) {
        person.say("{\"type\":\"direct\",\"user\":\"" + reader + "\"}");
        return joins(new WalkRoom(person.skipTo("direct").getString("room"), Kind.DIRECT, true));
    }

    void says(WalkRoom room, String text) {
        room.says(text, false, person.command("post", room.name, field("text", text)));
    }

    void edits(WalkRoom room, Said old, String text) {
        person.edit(room.name, old.seq(), text);
        room.edits(old, text);
    }

    void deletes(WalkRoom room, Said old) {
        person.delete(room.name, old.seq());
        room.deletes(old);
    }

    void reacts(WalkRoom room, Said old, String emoji) {
        boolean on = !old.hasReaction(emoji, false);
        person.command("react", room.name, field("seq", old.seq()), field("emoji", emoji), "\"on\":" + on);
        room.reacts(old, emoji, false);
    }

    void archives(WalkRoom room, boolean archived) {
        person.command("change", room.name, "\"archived\":" + archived);
        room.archived = archived;
    }

    /** Answers the server's pings, and drops all other events. */
    void listens() {
        person.heard();
    }

    /** Reconnects after the server was away. */
    void comesBack() {
        person = person.elsewhere(chat);
        joined.forEach(this::reads);
    }

    /** Other events may come first. */
    private void reads(String room) {
        person.say("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
        person.skipTo("joined");
    }

    @Override
    public void close() {
        person.close();
    }
}
