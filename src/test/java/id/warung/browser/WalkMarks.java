package id.warung.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import id.warung.browser.WalkRoom.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What the server knows: how far the reader has read, what was posted, and how they react. */
final class WalkMarks {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI address;
    private final String token;

    WalkMarks(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** True when the server's marks equal the model's. */
    boolean agree(WalkModel model) {
        for (JsonElement each : ask("api/rooms").getAsJsonArray("rooms")) {
            JsonObject told = each.getAsJsonObject();
            WalkRoom room = model.room(told.get("room").getAsString());
            int unread = told.has("unread") ? told.get("unread").getAsInt() : 0;
            boolean unmarked = room != null && room.kind == Kind.PUBLIC && !told.has("read");
            if (room != null && room.isIn() && (unmarked || unread != room.unread())) {
                return false;
            }
        }
        return true;
    }

    /** True when one of the last few messages of the room has this text. */
    boolean hasLately(String room, String text) {
        for (JsonElement each : ask("api/rooms/" + room + "/messages?limit=10").getAsJsonArray("entries")) {
            JsonElement said = each.getAsJsonObject().get("text");
            if (said != null && said.getAsString().equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** True when the reader reacts to a message with this character. */
    boolean hasReaction(String room, int seq, String emoji) {
        JsonObject page = ask("api/rooms/" + room + "/messages?limit=1&before=" + (seq + 1));
        for (JsonElement each : page.getAsJsonArray("amends")) {
            if (each.getAsJsonObject().has("of")) {
                for (JsonElement of : each.getAsJsonObject().getAsJsonArray("of")) {
                    JsonObject kind = of.getAsJsonObject();
                    if (kind.get("emoji").getAsString().equals(emoji)) {
                        return kind.has("mine");
                    }
                }
            }
        }
        return false;
    }

    private JsonObject ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return JsonParser.parseString(HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
