package id.warung.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** A server that says what a test tells it to, for all pages of a browser. Tokens are `ID NAME` of their user, perhaps with more behind. */
final class ScriptedServer {
    static final String ADDRESS = "https://warung.test/kedai/";

    /** The lines that are open, the latest last. */
    final List<WebSocketRoute> lines = new ArrayList<>();

    final List<JsonObject> commands = new ArrayList<>();

    /** What is at the paths below `api/`, as JSON with single quotes. */
    final Map<String, String> answers = new HashMap<>();

    final List<String> requests = new ArrayList<>();

    /** Handles a command and returns true; the others have their usual answers. */
    BiPredicate<WebSocketRoute, JsonObject> handler = (line, command) -> false;

    /** More fields of `signed-in` and of `joined`. */
    String grant = "'roles':['member']";

    String joined = "";
    int seq;

    ScriptedServer(BrowserContext context, String ways) {
        answers.put("sign-in", ways);
        answers.put("rooms", "{'rooms':[]}");
        answers.put("sessions", "{'sessions':[]}");
        ServedFiles.serve(context, ADDRESS, Path.of("src/main/webapp"));
        context.route(ADDRESS + "api/**", this::answer);
        context.routeWebSocket("**", this::welcome);
    }

    /** Sends an event, written with single quotes, over the latest line. */
    void say(String event) {
        say(lines.get(lines.size() - 1), event);
    }

    static void say(WebSocketRoute line, String event) {
        JsonArray frame = new JsonArray();
        frame.add(JsonParser.parseString(event));
        line.send(frame.toString());
    }

    /** Takes leave of all pages with this close code. */
    void ends(int code) {
        for (WebSocketRoute line : List.copyOf(lines)) {
            say(line, "{'type':'bye','code':" + code + ",'reason':'x'}");
        }
        lines.clear();
    }

    List<JsonObject> posts() {
        return of("post");
    }

    List<JsonObject> of(String type) {
        return commands.stream()
                .filter(command -> command.get("type").getAsString().equals(type))
                .toList();
    }

    /** Waits until it has received so many commands of this type. */
    void receives(Page page, String type, int count) {
        page.waitForCondition(() -> of(type).size() == count);
    }

    private void answer(Route route) {
        String path =
                route.request().url().substring((ADDRESS + "api/").length()).replaceFirst("\\?.*", "");
        requests.add(route.request().method() + " " + path);
        if (route.request().method().equals("DELETE")) {
            route.fulfill(new Route.FulfillOptions().setStatus(204));
        } else if (answers.containsKey(path)) {
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(JsonParser.parseString(answers.get(path)).toString()));
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404).setBody("{}"));
        }
    }

    void welcome(WebSocketRoute line) {
        lines.add(line);
        line.onMessage(frame -> {
            JsonObject command = JsonParser.parseString(frame.text()).getAsJsonObject();
            commands.add(command);
            if (!handler.test(line, command)) {
                answer(line, command);
            }
        });
        say(
                line,
                "{'type':'welcome','version':'0.1.0','heartbeatSeconds':25,'maxFrameBytes':65536,'maxTextChars':4000}");
    }

    private void answer(WebSocketRoute line, JsonObject command) {
        switch (command.get("type").getAsString()) {
            case "hello" -> say(line, signedIn(command));
            case "join" ->
                say(
                        line,
                        "{'type':'joined','room':" + command.get("room") + ",'epoch':'e-1','head':" + seq + joined
                                + "}");
            case "sign-out" -> ends(4500);
            case "post" -> {
                seq++;
                say(
                        line,
                        "{'type':'message','room':'lobby','seq':" + seq + ",'n':" + seq
                                + ",'at':'2026-11-23T19:31:32.123Z','id':" + command.get("id")
                                + ",'from':{'id':'s-citra','name':'Citra'},'text':" + command.get("text") + "}");
                say(line, "{'type':'ack','room':'lobby','id':" + command.get("id") + ",'seq':" + seq + "}");
            }
            default -> {}
        }
    }

    private String signedIn(JsonObject hello) {
        if (!hello.has("token")) {
            String user = "{'id':'u-guest','name':" + hello.get("name") + ",'guest':true}";
            return "{'type':'signed-in','user':" + user + ",'roles':['guest'],'token':'u-guest "
                    + hello.get("name").getAsString() + "'}";
        }
        String[] token = hello.get("token").getAsString().split(" ", 3);
        String guest = token[0].startsWith("u-") ? ",'guest':true,'roles':['guest']" : "";
        return "{'type':'signed-in','user':{'id':'" + token[0] + "','name':'" + token[1] + "'" + guest + "}," + grant
                + "}";
    }
}
