package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.protocol.Access;
import id.warung.protocol.CallPolicy;
import id.warung.protocol.Calls;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Folding;
import id.warung.protocol.Limits;
import id.warung.protocol.Read;
import id.warung.protocol.RoomPattern;
import id.warung.protocol.Star;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Titles, calls, stars and read marks that go back, as the lists show them, whatever the storage. */
public abstract class CallsContract extends DirectoryContract {
    private final EntryCodec codec = new EntryCodec();

    private String did(String author, Command.Durable command) throws IOException {
        return MessageLogContract.append(log(), Posted.of(author, command)).get(0);
    }

    private Directory.Listed room(String user, String name) throws IOException {
        return directory().rooms("u-" + user, null, 200).items().stream()
                .filter(room -> room.room().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String counts(String user, String room) throws IOException {
        Directory.Mark mark = room(user, room).mark();
        return mark.unread() + " unread, " + mark.mentions() + " mentions";
    }

    /** What the inbox has: {@code replied lobby 3}. */
    private List<String> inbox(String user) throws IOException {
        return log().read("inbox.u-" + user, 0, 1_000).entries().stream()
                .map(entry -> codec.read(entry.json()))
                .map(fields -> fields.get("type") + " " + fields.get("in")
                        + (fields.containsKey("message") ? " " + fields.get("message") : " " + fields.get("on")))
                .toList();
    }

    private static Command.Post calling(String room, Calls calls) {
        return new Command.Post(room, null, "food", 0, List.of(), true, calls);
    }

    private static Command.Post reply(String room, long to, boolean calls, String... mentions) {
        return new Command.Post(room, null, "so do I", to, List.of(mentions), calls, null);
    }

    private static Command.Change title(String room, String title) {
        return new Command.Change(room, null, null, null, title, null);
    }

    @Test
    void aRoomHasTheTitleThatItWasMadeWithAndThenThatOfTheLastChange() throws IOException {
        did("ana", new Command.Create("r-1", "c-1", Access.PUBLIC, "trips", "旅行计划"));

        assertThat(did("ana", new Command.Create("r-1", "c-1", Access.PUBLIC, "trips", "旅行计划")))
                .isEqualTo("again 1");
        assertThat(did("ana", new Command.Create("r-1", "c-1", Access.PUBLIC, "trips", "Travel")))
                .isEqualTo("conflict");
        assertThat(room("ana", "r-1").title()).isEqualTo("旅行计划");
        assertThat(did("budi", title("r-1", "Travel")))
                .as("anybody, as with the topic")
                .isEqualTo("2");
        assertThat(log().state("r-1").title()).isEqualTo("Travel");
        assertThat(log().state("r-1").topic()).isEqualTo("trips");
        did("ana", title("r-1", ""));
        assertThat(room("ana", "r-1").title()).isEmpty();
        did("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        assertThat(did("budi", title("kitchen", "Mine"))).isEqualTo("not-a-member");
    }

    @Test
    void aReplyCallsItsAuthorOnceIfTheyMayReadIt() throws IOException {
        did("ana", new Command.Post("lobby", null, "hungry"));
        did("ana", new Read("lobby", 1));
        did("budi", reply("lobby", 1, true));
        did("budi", reply("lobby", 1, false));
        did("budi", reply("lobby", 1, true, "u-ana"));
        did("ana", reply("lobby", 1, true));
        did("budi", reply("lobby", 2, true));

        assertThat(inbox("ana")).containsExactly("replied lobby 2", "mentioned lobby 4");
        assertThat(inbox("budi")).as("nobody answers themselves").isEmpty();
        assertThat(counts("ana", "lobby")).isEqualTo("4 unread, 2 mentions");
        did("ana", new Command.Delete("lobby", null, 1));
        did("budi", reply("lobby", 1, true));
        assertThat(inbox("ana")).as("the message is gone").hasSize(2);
    }

    @Test
    void aReplyDoesNotCallAuthorsWhoWereRemoved() throws IOException {
        did("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        did("ana", new Command.Post("lobby", null, "hi"));
        did("budi", new Command.Post("lobby", null, "hi"));
        did("ana", new Command.Add("kitchen", null, "u-budi"));
        did("budi", new Command.Post("kitchen", null, "hungry"));
        did("ana", new Command.Remove("kitchen", null, "u-budi"));
        did("ana", reply("kitchen", 3, true));

        assertThat(inbox("budi")).noneMatch(entry -> entry.startsWith("replied"));
    }

    /** Nobody can know the number of a message that is not there yet; somebody may guess it. */
    @Test
    void aReplyToAMessageOfTheSameGroupCallsItsAuthorToo() throws IOException {
        AppendRequest message =
                Posted.of("ana", new Command.Post("lobby", null, "hungry")).request();
        AppendRequest reply = Posted.of("budi", reply("lobby", 1, true)).request();

        assertThat(log().append(List.of(message, reply)).get(1))
                .as("written in the next group")
                .isEqualTo(new AppendResult.Unfinished(List.of()));
        assertThat(MessageLogContract.said(log().append(List.of(reply)).get(0))).isEqualTo("2");
        assertThat(inbox("ana")).containsExactly("replied lobby 2");
    }

    @Test
    void aCallToAllCountsForThoseInTheRoomUntilTheyHaveReadIt() throws IOException {
        did("ana", new Command.Post("lobby", null, "hi"));
        for (String user : List.of("ana", "budi")) {
            did(user, new Read("lobby", 1));
        }
        policy("lobby", CallPolicy.ANYBODY);
        did("ana", calling("lobby", Calls.ALL));
        did("ana", calling("lobby", Calls.HERE));
        did("ana", new Command.Edit("lobby", null, 3, "soto", List.of(), Calls.ALL));

        assertThat(counts("budi", "lobby")).isEqualTo("2 unread, 1 mentions");
        assertThat(counts("ana", "lobby")).as("not one's own").isEqualTo("0 unread, 0 mentions");
        assertThat(room("caca", "lobby").mentions()).as("who is not there").isZero();
        assertThat(inbox("budi")).isEmpty();
        did("ana", new Command.Edit("lobby", null, 4, "@all soto", List.of(), Calls.ALL));
        assertThat(counts("budi", "lobby")).isEqualTo("2 unread, 2 mentions");
        did("budi", new Read("lobby", 3));
        assertThat(counts("budi", "lobby")).isEqualTo("1 unread, 1 mentions");
        did("ana", new Command.Delete("lobby", null, 4));
        assertThat(counts("budi", "lobby")).as("erased").isEqualTo("1 unread, 0 mentions");
    }

    private void policy(String room, CallPolicy who) throws IOException {
        AppendRequest moderator = new AppendRequest(
                new Command.Change(room, null, null, null, null, who),
                new Principal(Posted.user("mo"), Set.of(Principal.Right.POST, Principal.Right.MODERATE)),
                List.of(),
                Posted.saying(room, ""));
        assertThat(log().append(List.of(moderator)).get(0)).isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void whoMayCallIsUpToTheRoomsModerators() throws IOException {
        did("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        did("budi", new Command.Post("lobby", null, "hi"));
        did("ana", new Command.Add("kitchen", null, "u-budi"));

        assertThat(did("budi", calling("kitchen", Calls.HERE))).isEqualTo("forbidden");
        assertThat(did("budi", new Command.Change("kitchen", null, null, null, null, CallPolicy.MEMBERS)))
                .isEqualTo("forbidden");
        assertThat(did("ana", calling("kitchen", Calls.ALL))).isEqualTo("3");
        did("ana", new Command.Change("kitchen", null, null, null, null, CallPolicy.MEMBERS));
        assertThat(did("budi", calling("kitchen", Calls.ALL))).isEqualTo("5");
        assertThat(did("budi", new Command.Edit("kitchen", null, 5, "x", List.of(), Calls.HERE)))
                .isEqualTo("6");
        policy("lobby", CallPolicy.MEMBERS);
        assertThat(did("budi", calling("lobby", Calls.ALL))).as("a guest").isEqualTo("forbidden");
        policy("lobby", CallPolicy.ANYBODY);
        assertThat(did("budi", calling("lobby", Calls.ALL))).isEqualTo("4");
        did("ana", new Command.Create("direct.u-ana.u-budi", null, Access.MEMBERS, ""));
        assertThat(did("ana", calling("direct.u-ana.u-budi", Calls.ALL))).isEqualTo("forbidden");
    }

    @Test
    void theOwnInboxSaysHowFarItIsReadAndIsInNoList() throws IOException {
        did("budi", new Command.Post("lobby", null, "hi"));
        did("ana", new Command.Post("lobby", null, "@Budi", 0, List.of("u-budi")));
        did("ana", new Command.Post("lobby", null, "@Budi", 0, List.of("u-budi")));
        Principal budi = Posted.anybody(Posted.user("budi"));

        assertThat(directory().room(budi, "inbox.u-budi").mark()).isNull();
        did("budi", new Read("inbox.u-budi", 1));
        Directory.Listed inbox = directory().room(budi, "inbox.u-budi");
        assertThat(inbox.mark().seq()).isEqualTo(1);
        assertThat(inbox.head()).isEqualTo(2);
        assertThat(directory().room(Posted.anybody(Posted.user("ana")), "inbox.u-budi"))
                .isNull();
        assertThat(directory().rooms("u-budi", null, 10).items())
                .extracting(Directory.Listed::room)
                .containsExactly("lobby");
    }

    private static Star star(String user, String room, boolean on) {
        return new Star(room, null, room, on).by("u-" + user);
    }

    @Test
    void aStarIsSaidOnceAndBringsTheRoomAmongOnesOwn() throws IOException {
        did("budi", new Command.Post("lobby", null, "hi"));
        did("budi", new Command.Post("later", null, "hi"));

        assertThat(did("ana", star("ana", "lobby", false))).isEqualTo("again 0");
        assertThat(did("ana", star("ana", "lobby", true))).isEqualTo("1");
        assertThat(did("ana", star("ana", "lobby", true))).isEqualTo("again 1");
        assertThat(inbox("ana")).containsExactly("starred lobby true");
        assertThat(directory().rooms("u-ana", null, 10).items())
                .extracting(room -> room.room() + " " + room.starred())
                .containsExactly("lobby true", "later false");
        assertThat(inParts("u-ana", 1)).containsExactly("lobby", "later");
        assertThat(room("budi", "lobby").starred()).isFalse();
        did("ana", star("ana", "lobby", false));
        assertThat(room("ana", "lobby").starred()).isFalse();
    }

    @Test
    void onlyRoomsThatExistForTheUserAreStarredAndNotTooMany() throws IOException {
        did("budi", new Command.Create("kitchen", null, Access.MEMBERS, ""));

        assertThat(did("ana", star("ana", "kitchen", true))).isEqualTo("not-a-member");
        assertThat(did("ana", star("ana", "nowhere", true))).isEqualTo("no-such-room");
        List<AppendRequest> all = new ArrayList<>();
        for (int n = 0; n <= Limits.MAX_STARS; n++) {
            all.add(Posted.of("budi", new Command.Post("room-" + n, null, "hi")).request());
        }
        log().append(all);
        all.clear();
        for (int n = 0; n <= Limits.MAX_STARS; n++) {
            all.add(Posted.of("ana", star("ana", "room-" + n, true)).request());
        }
        List<AppendResult> results = log().append(all);
        assertThat(results.subList(0, Limits.MAX_STARS)).allMatch(result -> result instanceof AppendResult.Committed);
        assertThat(did("ana", star("ana", "room-" + Limits.MAX_STARS, true))).isEqualTo("too-many-stars");
        assertThat(did("ana", star("ana", "room-0", false))).isEqualTo("201");
        assertThat(did("ana", star("ana", "room-" + Limits.MAX_STARS, true))).isEqualTo("202");
    }

    @Test
    void aStarGoesWithTheMembership() throws IOException {
        did("budi", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        did("ana", new Command.Post("lobby", null, "hi"));
        did("budi", new Command.Add("kitchen", null, "u-ana"));
        did("ana", star("ana", "kitchen", true));
        List<AppendResult> results = log().append(List.of(
                Posted.of("ana", star("ana", "lobby", true)).request(),
                Posted.of("budi", new Command.Remove("kitchen", null, "u-ana")).request(),
                Posted.of("budi", new Command.Add("kitchen", null, "u-ana")).request(),
                Posted.of("ana", star("ana", "kitchen", false)).request()));

        assertThat(results.get(3)).as("there is none any more").isInstanceOf(AppendResult.Duplicate.class);
        assertThat(room("ana", "kitchen").starred()).isFalse();
        assertThat(room("ana", "lobby").starred()).isTrue();
    }

    /** As a user has marked who was there with a token for this room alone. */
    @Test
    void aRoomThatAUserMayNotReadAnyMoreEndsTheirListNowhere() throws IOException {
        for (String room : List.of("hall", "lobby")) {
            did("budi", new Command.Post(room, null, "hi"));
            did("ana", new Read(room, 1));
        }
        did("budi", new Command.Create("kitchen", null, Access.MEMBERS, "")); // the latest
        Principal limited = new Principal(
                Posted.user("ana"), Set.of(Principal.Right.POST), Optional.of(List.of(RoomPattern.of("kitchen"))));
        AppendRequest marking =
                new AppendRequest(new Read("kitchen", 1), limited, List.of(), Posted.saying("kitchen", ""));
        assertThat(log().append(List.of(marking)).get(0)).isInstanceOf(AppendResult.ReadMarked.class);

        assertThat(inParts("u-ana", 1)).containsExactlyInAnyOrder("hall", "lobby");
    }

    private String stars(Set<Principal.Right> rights, String onlyRoom, String room, boolean on) throws IOException {
        Principal ana = new Principal(
                Posted.user("ana"), rights, Optional.ofNullable(onlyRoom).map(its -> List.of(RoomPattern.of(its))));
        AppendResult result = log().append(
                        List.of(new AppendRequest(star("ana", room, on), ana, List.of(), Posted.saying(room, ""))))
                .get(0);
        return result instanceof AppendResult.Denied denied
                ? denied.code().wire()
                : result.getClass().getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  lobby, true,  Duplicate",
        "true,  hall,  true,  Committed",
        "true,  lobby, false, Committed",
        "false, lobby, true,  read-only",
        "false, hall,  true,  read-only",
        "false, lobby, false, read-only"
    })
    void whoMayOnlyReadStarsNothing(boolean mayWrite, String room, boolean on, String answer) throws IOException {
        did("budi", new Command.Post("lobby", null, "hi"));
        did("budi", new Command.Post("hall", null, "hi"));
        did("ana", star("ana", "lobby", true));

        assertThat(stars(mayWrite ? Set.of(Principal.Right.POST) : Set.of(), null, room, on))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "hall,    true,  Committed",
        "hall,    false, Duplicate",
        "lobby,   true,  no-such-room",
        "lobby,   false, no-such-room",
        "nowhere, true,  no-such-room"
    })
    void aTokenForOneRoomStarsNoOther(String room, boolean on, String answer) throws IOException {
        did("budi", new Command.Post("lobby", null, "hi"));
        did("budi", new Command.Post("hall", null, "hi"));
        did("ana", star("ana", "lobby", true));

        assertThat(stars(Set.of(Principal.Right.POST), "hall", room, on)).isEqualTo(answer);
        assertThat(room("ana", "lobby").starred()).isTrue();
    }

    @Test
    void aReadMarkGoesBackOnlyWhereItIsAskedTo() throws IOException {
        for (int n = 0; n < 5; n++) {
            did("budi", new Command.Post("lobby", null, "hi"));
        }
        did("ana", new Read("lobby", 5));
        did("ana", new Read("lobby", 2));
        assertThat(counts("ana", "lobby")).isEqualTo("0 unread, 0 mentions");
        did("ana", new Read("lobby", null, 2, true));
        assertThat(counts("ana", "lobby")).isEqualTo("3 unread, 0 mentions");
        did("ana", new Read("lobby", null, 0, true));
        assertThat(counts("ana", "lobby")).isEqualTo("5 unread, 0 mentions");
        did("ana", new Read("lobby", 4));
        assertThat(counts("ana", "lobby")).isEqualTo("1 unread, 0 mentions");
        did("ana", new Read("lobby", 0));
        assertThat(room("ana", "lobby").mark()).as("forgotten").isNull();
    }

    private List<String> found(String user, RoomSearch search, int limit) throws IOException {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            Directory.Page<Directory.Listed> page = directory().find(search, user, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(room -> names.add(room.room()));
            after = page.next();
        } while (after != null);
        return names;
    }

    @Test
    void roomsAreFoundByTheBeginningsOfWordsInTitleNameAndTopic() throws IOException {
        did("ana", new Command.Create("r-1", null, Access.PUBLIC, "next summer", "旅行计划"));
        did("ana", new Command.Create("r-2", null, Access.PUBLIC, "", "Café Müller"));
        did("ana", new Command.Create("kitchen-2", null, Access.MEMBERS, "Soto"));
        did("ana", new Command.Create("direct.u-ana.u-soto", null, Access.MEMBERS, "Soto"));
        Map<String, List<String>> expected = Map.of(
                "计划", List.of("r-1"),
                "SUM", List.of("r-1"),
                "ummer", List.of(),
                "cafe mul", List.of("r-2"),
                "r- 旅行", List.of("r-1"),
                "kitchen", List.of("kitchen-2"),
                "2", List.of("kitchen-2", "r-2"),
                "soto", List.of("kitchen-2"));
        for (Map.Entry<String, List<String>> each : expected.entrySet()) {
            assertThat(found("u-ana", RoomSearch.of(each.getKey(), false), 10))
                    .as(each.getKey())
                    .containsExactlyInAnyOrderElementsOf(each.getValue());
        }
        assertThat(found("u-budi", RoomSearch.of("soto", false), 10))
                .as("not for others")
                .isEmpty();
        assertThat(found(null, RoomSearch.of("", true), 10)).containsExactly("r-2", "r-1");
        assertThat(directory().find(RoomSearch.of("2", false), "u-ana", null, 1).items())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 61})
    void thePartsOfTheDirectoryPutTogetherAreTheWholeInItsOrder(int limit) throws IOException {
        rooms(60);
        for (int n = 0; n < 60; n += 3) {
            did("budi", title("room-" + n, n % 2 == 0 ? "Ärger " + n % 4 : "邮件 " + n));
        }
        did("ana", star("ana", "room-9", true));
        for (String user : new String[] {"u-ana", "u-budi", null}) {
            List<Directory.Listed> all = directory().rooms(user, null, 1_000).items();
            for (boolean byName : new boolean[] {false, true}) {
                List<String> whole = found(user, RoomSearch.of("", byName), 1_000);
                assertThat(whole)
                        .containsExactlyInAnyOrderElementsOf(
                                all.stream().map(Directory.Listed::room).toList());
                assertThat(found(user, RoomSearch.of("", byName), limit)).isEqualTo(whole);
            }
            assertThat(directory()
                            .find(RoomSearch.of("", false), user, null, 1_000)
                            .items())
                    .isSortedAccordingTo((a, b) -> Long.compare(b.atMillis(), a.atMillis()));
            assertThat(directory()
                            .find(RoomSearch.of("", true), user, null, 1_000)
                            .items())
                    .extracting(room -> Folding.of(room.title().isEmpty() ? room.room() : room.title()))
                    .isSorted();
        }
    }

    /** Numbers of rooms can be guessed: what comes after such a room would tell its title, letter by letter. */
    @Test
    void noListGoesOnFromARoomThatTheCallerMayNotRead() throws IOException {
        RoomSearch byName = RoomSearch.of("", true);
        did("budi", new Command.Create("kitchen", null, Access.MEMBERS, "", "Apples"));
        did("budi", new Command.Create("hall", null, Access.PUBLIC, "", "Bananas"));
        String place = directory().find(byName, "u-budi", null, 1).next();

        assertThat(directory().find(byName, "u-budi", place, 1).items())
                .extracting(Directory.Listed::room)
                .containsExactly("hall");
        for (String stranger : new String[] {"u-ana", null}) {
            assertThatThrownBy(() -> directory().find(byName, stranger, place, 1))
                    .as(stranger)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void twoUsersHaveInCommonWhatBothAreIn() throws IOException {
        did("ana", new Command.Create("kitchen", null, Access.MEMBERS, "", "Dapur"));
        did("budi", new Command.Post("lobby", null, "hi"));
        did("budi", new Command.Post("hall", null, "hi"));
        did("ana", new Command.Add("kitchen", null, "u-budi"));
        did("ana", new Command.Create("direct.u-ana.u-budi", null, Access.MEMBERS, ""));
        did("ana", new Read("lobby", 1));
        did("ana", new Read("hall", 1));
        did("budi", new Read("lobby", 1));

        assertThat(directory().inCommon("u-ana", "u-budi", 50))
                .containsExactlyInAnyOrder(new Directory.Common("kitchen", "Dapur"), new Directory.Common("lobby", ""));
        assertThat(directory().inCommon("u-ana", "u-budi", 1)).hasSize(1);
        assertThat(directory().inCommon("u-ana", "u-caca", 50)).isEmpty();
    }

    /** What a room of a few users looks like from outside, as a plain list. */
    private static final class Model {
        final List<String> authors = new ArrayList<>(); // of each entry that is a message; otherwise null
        final Map<Integer, Boolean> callsAll = new HashMap<>(); // by seq
        final Map<String, Integer> marks = new HashMap<>();
        final Map<String, Set<Integer>> mentioned = new HashMap<>();

        int head() {
            return authors.size();
        }

        void post(String author, List<String> mentioning, boolean all) {
            authors.add(author);
            mentioning.stream().filter(user -> !user.equals(author)).forEach(user -> mentioned
                    .computeIfAbsent(user, its -> new TreeSet<>())
                    .add(head()));
            if (all) {
                callsAll.put(head(), true);
            }
        }

        void delete(int seq) {
            mentioned.values().forEach(seqs -> seqs.remove(seq));
            callsAll.remove(seq);
            authors.add(null);
        }

        void read(String user, int seq, boolean back) {
            mentioned.getOrDefault(user, new TreeSet<>()).removeIf(its -> its <= seq);
            marks.merge(user, seq, (before, now) -> back ? now : Math.max(before, now));
        }

        String counts(String user) {
            int unread = 0;
            Set<Integer> calls = new TreeSet<>(mentioned.getOrDefault(user, Set.of()));
            calls.removeIf(seq -> seq <= marks.get(user));
            for (int seq = marks.get(user) + 1; seq <= head(); seq++) {
                String author = authors.get(seq - 1);
                unread += author == null || author.equals(user) ? 0 : 1;
                if (callsAll.containsKey(seq) && !user.equals(author)) {
                    calls.add(seq);
                }
            }
            return unread + " unread, " + calls.size() + " mentions";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whateverIsSaidReadAndTakenBackTheCountsAreThoseOfAPlainList(int seed) throws IOException {
        Random random = new Random(seed);
        List<String> users = List.of("ana", "budi", "caca");
        Model model = new Model();
        for (String user : users) {
            did(user, new Command.Post("lobby", null, "hi"));
            model.post(user, List.of(), false);
        }
        policy("lobby", CallPolicy.ANYBODY);
        model.authors.add(null);
        for (String user : users) {
            did(user, new Read("lobby", 1));
            model.read(user, 1, false);
        }
        for (int step = 0; step < 60; step++) {
            String user = users.get(random.nextInt(users.size()));
            int seq = 1 + random.nextInt(model.head());
            String target = model.authors.get(seq - 1);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    boolean all = random.nextInt(3) == 0;
                    boolean calls = random.nextBoolean();
                    boolean kept = log().read("lobby", seq - 1, 1).entries().stream()
                            .anyMatch(entry -> codec.isMessage(entry.json()));
                    did(user, new Command.Post("lobby", null, "x", seq, List.of(), calls, all ? Calls.ALL : null));
                    model.post(user, kept && calls ? List.of(target) : List.of(), all);
                }
                case 2 -> {
                    String other = users.get(random.nextInt(users.size()));
                    did(user, new Command.Post("lobby", null, "x", 0, List.of("u-" + other)));
                    model.post(user, List.of(other), false);
                }
                case 3 -> {
                    did(user, new Read("lobby", seq));
                    model.read(user, seq, false);
                }
                case 4 -> {
                    int back = random.nextInt(model.head());
                    did(user, new Read("lobby", null, back, true));
                    model.read(user, back, true);
                }
                default -> {
                    if (target != null
                            && did(target, new Command.Delete("lobby", null, seq))
                                    .matches("[0-9]+")) {
                        model.delete(seq);
                    }
                }
            }
            for (String each : users) {
                assertThat(counts(each, "lobby"))
                        .as("%s at step %s", each, step)
                        .isEqualTo(model.counts(each));
            }
        }
    }
}
