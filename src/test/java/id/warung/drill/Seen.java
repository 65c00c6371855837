package id.warung.drill;

import jakarta.json.JsonObject;

/** An entry as a client saw it, with the hashes of its text and of the whole. */
record Seen(long seq, String id, int textHash, int hash) {
    static Seen of(JsonObject message) {
        return new Seen(
                message.getJsonNumber("seq").longValueExact(),
                message.getString("id", null),
                message.getString("text").hashCode(),
                message.hashCode());
    }
}
