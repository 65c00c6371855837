package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.Identity;
import id.warung.kit.PermissionTable;
import id.warung.kit.PermissionTable.Cell;
import id.warung.log.AppendResult;
import id.warung.log.Principal;
import id.warung.log.memory.MemoryLog;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Access;
import id.warung.protocol.Appoint;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import id.warung.session.ChatSession;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of the table, from real sessions, rooms and logs; reading the table checks that WebSocket and HTTP agree. */
class PermissionTableTest {
    private static final User HOST = new User("u-host", "Host");
    private static final User STRANGER = new User("u-stranger", "Stranger");
    private static final String OWN_ID = "c-own";
    /** Rooms that nobody reads are forgotten after every thousand. */
    private static final int FEW = 700;

    private static final Set<String> WITHOUT_JOIN = Set.of(
            "join",
            "create",
            "direct",
            "topic",
            "title",
            "who-calls",
            "archive",
            "unarchive",
            "add",
            "remove-self",
            "remove-other",
            "appoint",
            "dismiss-self",
            "dismiss-other",
            "star");

    @TempDir
    private Path folder;

    /** A case whose answer is being determined. */
    private static final class Case {
        private final Cell cell;
        private final int number;
        private User actor;
        private String room;
        private Doors.Caller session;
        private CompletionStage<AppendResult> posted;

        private Case(Cell cell, int number) {
            this.cell = cell;
            this.number = number;
        }

        private boolean is(String state) {
            return cell.room().equals(state);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyAnswerIsThatOfTheTableOnTheDisk(boolean onlyModeratorsCreateRooms) throws IOException {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            agrees(new Doors(log, log.directory(), onlyModeratorsCreateRooms), cells(onlyModeratorsCreateRooms));
        }
    }

    /** Ephemeral rooms are not listed and have no inboxes, in which stars are written. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyAnswerIsThatOfTheTableInMemory(boolean onlyModeratorsCreateRooms) throws IOException {
        List<Cell> cells = cells(onlyModeratorsCreateRooms).stream()
                .filter(cell -> !Set.of("list", "info", "star").contains(cell.command()))
                .toList();
        for (int from = 0; from < cells.size(); from += FEW) {
            MemoryLog log =
                    new MemoryLog(new EntryCodec(), Clock.systemUTC(), 1_000, 1_000_000_000, (room, first) -> {});
            List<Cell> few = cells.subList(from, Math.min(from + FEW, cells.size()));
            agrees(new Doors(log, null, onlyModeratorsCreateRooms), few);
        }
    }

    private static List<Cell> cells(boolean onlyModeratorsCreateRooms) {
        List<Cell> cells = PermissionTable.cells().stream()
                .filter(cell -> cell.holdsWhere(onlyModeratorsCreateRooms))
                .filter(cell -> cell.door().equals("ws") || !cell.room().equals("bad-name")) // the servlet checks these
                .toList();
        assertThat(cells).hasSizeGreaterThan(900);
        return cells;
    }

    private static void agrees(Doors doors, List<Cell> cells) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Cell cell : cells) {
            cases.add(new Case(cell, cases.size()));
        }
        doors.connect(ChatSession.Mode.TEXT, null)
                .says("{\"type\":\"hello\",\"token\":\"" + doors.tokens.ofGuest(HOST, Instant.now()) + "\"}");
        for (Case each : cases) {
            arrives(doors, each);
        }
        doors.settle();
        for (int step = 0; step < 5; step++) { // each in few transactions for all
            for (Case each : cases) {
                List<Runnable> steps = furnishing(doors, each);
                if (step < steps.size()) {
                    steps.get(step).run();
                }
            }
            doors.settle();
        }
        assertThat(doors.faults).isEmpty();
        cases.forEach(each -> joins(each));
        doors.settle();
        cases.forEach(each -> isRemoved(doors, each));
        doors.settle();
        Map<Case, String> answers = new HashMap<>();
        for (Case each : cases) {
            if (each.cell.door().equals("http")) {
                answers.put(each, http(doors, each));
            } else {
                asks(doors, each);
            }
        }
        doors.settle();
        List<String> wrong = new ArrayList<>();
        for (Case each : cases) {
            String answer = answers.get(each);
            answer = each.posted != null ? posted(each.posted) : answer == null ? heard(each) : answer;
            if (!answer.equals(each.cell.answer())) {
                wrong.add(each.cell + ": " + answer + " and not " + each.cell.answer());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Signs in or authenticates the caller, and names the room. */
    private static void arrives(Doors doors, Case each) throws IOException {
        String id = each.cell.role().equals("moderator") ? Doors.MODERATOR : "u-g" + each.number;
        each.actor = each.cell.role().equals("key") ? backEnd(doors) : new User(id, "N" + id);
        each.room = room(each);
        if (each.cell.door().equals("http") || each.cell.role().equals("plain")) {
            return;
        }
        each.session = doors.connect(ChatSession.Mode.TEXT, null);
        if (!each.cell.role().equals("nobody")) {
            each.session.says(
                    "{\"type\":\"hello\",\"token\":\"" + doors.tokens.ofGuest(each.actor, Instant.now()) + "\"}");
        }
    }

    private static User backEnd(Doors doors) throws IOException {
        try {
            return identity(doors, "Bearer " + Doors.KEY).user();
        } catch (CommandRejectedException e) {
            throw new AssertionError(e);
        }
    }

    private static Identity identity(Doors doors, String authorization) throws CommandRejectedException, IOException {
        CompletableFuture<Identity> known =
                doors.authentication.bearer(authorization).toCompletableFuture();
        doors.settle();
        return known.join();
    }

    private static String room(Case each) {
        String me = each.actor.id();
        return switch (each.cell.room()) {
            case "inbox" -> RoomName.inboxOf(me);
            case "inbox-of-other" -> RoomName.inboxOf(HOST.id());
            case "direct", "direct-not-begun" -> RoomName.directOf(me, "u-peer" + each.number);
            case "direct-of-others" -> RoomName.directOf(HOST.id(), "u-peer" + each.number);
            case "direct-of-others-not-begun" -> RoomName.directOf(STRANGER.id(), "u-peer" + each.number);
            case "bad-name" -> "Kitchen!";
            case "game-absent", "game", "game-members", "game-member" -> "game-" + each.number;
            default -> "r-" + each.number;
        };
    }

    /** The steps that bring the room into its state. */
    private static List<Runnable> furnishing(Doors doors, Case each) {
        List<Runnable> steps = new ArrayList<>();
        String room = each.room;
        boolean owns = each.cell.role().equals("owner");
        boolean here = !each.cell.role().equals("nobody") && !each.cell.role().equals("plain");
        User owner = owns ? each.actor : HOST;
        boolean member =
                Set.of("member", "removed", "archived-member", "game-member").contains(each.cell.room());
        boolean direct = Set.of("direct", "direct-of-others").contains(each.cell.room());
        boolean open = Set.of("public", "archived", "game").contains(each.cell.room());
        if (!member && !direct && !open && !each.is("members") && !each.is("game-members")) {
            return steps;
        }
        Access access = open ? Access.PUBLIC : Access.MEMBERS;
        if (direct) {
            User peer = new User("u-peer" + each.number, "Peer");
            User other = each.is("direct") ? each.actor : HOST;
            steps.add(() -> doors.writes(other, new Command.Create(room, null, access, ""), peer));
        } else {
            steps.add(() -> doors.writes(owner, new Command.Create(room, null, access, "")));
        }
        if (member && !owns) {
            steps.add(() -> doors.writes(owner, new Command.Add(room, null, each.actor.id()), each.actor));
        }
        if (each.cell.role().equals("appointed")) {
            steps.add(() -> doors.writes(owner, new Appoint(room, null, each.actor.id(), true), each.actor));
        }
        User speaker = each.is("direct") ? new User("u-peer" + each.number, "Peer") : HOST;
        boolean admitsHost = !member || !owns;
        steps.add(() -> {
            if (admitsHost) {
                doors.writes(speaker, new Command.Post(room, null, "other"));
            }
            if ((open || member || each.is("direct")) && here) {
                doors.writes(each.actor, new Command.Post(room, OWN_ID, "own"));
            }
        });
        if (each.cell.room().startsWith("archived")) {
            steps.add(() -> doors.writes(owner, new Command.Change(room, null, null, true)));
        }
        return steps;
    }

    private static void joins(Case each) {
        if (each.session != null && (!WITHOUT_JOIN.contains(each.cell.command()) || each.is("removed"))) {
            each.session.says("{\"type\":\"join\",\"room\":\"" + each.room + "\",\"last\":0}");
        }
    }

    private static void isRemoved(Doors doors, Case each) {
        if (each.is("removed")) {
            doors.writes(each.actor, new Command.Remove(each.room, null, each.actor.id()));
        }
    }

    private static void asks(Doors doors, Case each) throws IOException {
        if (each.cell.role().equals("plain")) {
            each.session = doors.connect(ChatSession.Mode.PLAIN, each.room);
            if (each.cell.command().equals("post")) {
                each.session.says("hi");
            }
            return;
        }
        each.session.forget();
        String me = each.actor.id();
        String id = ",\"id\":\"c-asked\"";
        each.session.says("{\"type\":\""
                + switch (each.cell.command()) {
                    case "post" -> about("post", each) + id + ",\"text\":\"hi\"}";
                    case "post-all" -> about("post", each) + id + ",\"text\":\"@all\",\"calls\":\"all\"}";
                    case "title" -> about("change", each) + id + ",\"title\":\"Dapur\"}";
                    case "who-calls" -> about("change", each) + id + ",\"calls\":\"members\"}";
                    case "post-again" -> about("post", each) + ",\"id\":\"" + OWN_ID + "\",\"text\":\"own\"}";
                    case "edit-own" -> about("edit", each) + id + seq(doors, each, "own") + ",\"text\":\"ho\"}";
                    case "edit-other" -> about("edit", each) + id + seq(doors, each, "other") + ",\"text\":\"ho\"}";
                    case "react-own" -> about("react", each) + id + seq(doors, each, "own") + TEA;
                    case "react-other" -> about("react", each) + id + seq(doors, each, "other") + TEA;
                    case "delete-own" -> about("delete", each) + id + seq(doors, each, "own") + "}";
                    case "delete-other" -> about("delete", each) + id + seq(doors, each, "other") + "}";
                    case "read" -> about("read", each) + ",\"seq\":1}";
                    case "star" -> about("star", each) + ",\"on\":true}";
                    case "create" -> about("create", each) + id + "}";
                    case "topic" -> about("change", each) + id + ",\"topic\":\"Soto\"}";
                    case "archive" -> about("change", each) + id + ",\"archived\":true}";
                    case "unarchive" -> about("change", each) + id + ",\"archived\":false}";
                    case "add" -> about("add", each) + id + ",\"user\":\"" + HOST.id() + "\"}";
                    case "remove-self" -> about("remove", each) + id + ",\"user\":\"" + me + "\"}";
                    case "remove-other" -> about("remove", each) + id + ",\"user\":\"" + HOST.id() + "\"}";
                    case "appoint" -> about("appoint", each) + id + ",\"user\":\"" + HOST.id() + "\"}";
                    case "dismiss-self" -> about("dismiss", each) + id + ",\"user\":\"" + me + "\"}";
                    case "dismiss-other" -> about("dismiss", each) + id + ",\"user\":\"" + HOST.id() + "\"}";
                    case "direct" -> "direct\",\"user\":\"" + HOST.id() + "\"}";
                    default -> about(each.cell.command(), each) + "}";
                });
    }

    private static final String TEA = ",\"emoji\":\"🍵\",\"on\":true}";

    private static String about(String type, Case each) {
        return type + "\",\"room\":\"" + each.room + "\"";
    }

    private static String seq(Doors doors, Case each, String text) throws IOException {
        return ",\"seq\":" + doors.seqBy(each.room, text);
    }

    private static String heard(Case each) {
        if (each.cell.role().equals("plain")) {
            String answer = each.session.closeCode == 0 ? "ok" : String.valueOf(each.session.closeCode);
            each.session.gone();
            return answer;
        }
        for (JsonObject error : each.session.events("error")) {
            return error.getString("code");
        }
        return "ok";
    }

    /** Anonymous callers cannot post: see {@link Callers#author}. */
    private static Identity author(Doors doors, String authorization) throws CommandRejectedException, IOException {
        if (authorization == null) {
            throw new CommandRejectedException(ErrorCode.BAD_TOKEN, "");
        }
        return identity(doors, authorization);
    }

    private static String http(Doors doors, Case each) throws IOException {
        try {
            String authorization =
                    switch (each.cell.role()) {
                        case "nobody" -> null;
                        case "key" -> "Bearer " + Doors.KEY;
                        default -> "Bearer " + doors.tokens.ofGuest(each.actor, Instant.now());
                    };
            String command = each.cell.command();
            if (command.startsWith("post")) {
                Identity author = author(doors, authorization);
                boolean again = command.equals("post-again");
                each.posted = doors.post(
                        author, new Command.Post(each.room, again ? OWN_ID : "c-asked", again ? "own" : "hi"));
                return null;
            }
            Principal caller = doors.principals.of(identity(doors, authorization));
            switch (command) {
                case "history" -> doors.history.before(caller, each.room, Long.MAX_VALUE, 50);
                case "history-after" -> doors.history.after(caller, each.room, 0, 50);
                case "search" -> doors.history.search(caller, each.room, "own", Long.MAX_VALUE, 50);
                case "info" -> doors.listings.room(caller, each.room, new Query(null));
                case "list" -> {
                    return isListed(doors.listings.rooms(caller, new Query(null)), each.room) ? "listed" : "not-listed";
                }
                default -> throw new IllegalArgumentException(command);
            }
            return "200";
        } catch (CommandRejectedException refused) {
            return said(refused.code());
        }
    }

    private static boolean isListed(byte[] json, String room) {
        return Json.createReader(new ByteArrayInputStream(json)).readObject().getJsonArray("rooms").stream()
                .anyMatch(listed -> listed.asJsonObject().getString("room").equals(room));
    }

    private static String posted(CompletionStage<AppendResult> stage) {
        AppendResult result = stage.toCompletableFuture().join();
        if (result instanceof AppendResult.Denied denied) {
            return said(denied.code());
        }
        return result instanceof AppendResult.Committed
                ? "201"
                : result instanceof AppendResult.Duplicate ? "200" : "conflict";
    }

    private static String said(ErrorCode code) {
        return HttpResponses.status(code) + ":" + code.wire();
    }
}
