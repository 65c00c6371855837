package id.warung.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A number for each room, as an administrator writes it: {@code 365, game-*=1}. The first matching pattern wins. */
final class RoomPatternSetting {
    private static final Pattern ROOMS = Pattern.compile("[a-z0-9*][a-z0-9._*-]*");

    private static final int MAX_ROOM_CHARS = 64;

    private record Rule(Predicate<String> rooms, int number) {}

    private final List<Rule> rules = new ArrayList<>();
    private int others;

    private RoomPatternSetting() {}

    /**
     * Reads a comma-separated list of {@code pattern=number} and at most one number for all other rooms (default 0). Null means 0 for
     * all.
     *
     * @throws IllegalArgumentException with a sentence for the administrator that names the setting
     */
    static RoomPatternSetting read(String setting, String value) {
        RoomPatternSetting read = new RoomPatternSetting();
        boolean othersSaid = false;
        for (String item : value == null ? new String[0] : value.split(",")) {
            int equals = item.indexOf('=');
            int number = number(setting, value, item.substring(equals + 1).strip());
            if (equals >= 0) {
                read.add(setting, item.substring(0, equals).strip(), number);
            } else if (othersSaid) {
                throw refused(setting, value);
            } else {
                read.others = number;
                othersSaid = true;
            }
        }
        return read;
    }

    /** An earlier pattern that matches everything the new one matches also matches the new pattern's own text. */
    private void add(String setting, String pattern, int number) {
        Predicate<String> rooms = rooms(setting, pattern);
        if (rules.stream().anyMatch(earlier -> earlier.rooms().test(pattern))) {
            throw new IllegalArgumentException("The setting " + setting + " has \"" + pattern
                    + "\" after a pattern that matches the same rooms. The first match wins: put this pattern first.");
        }
        rules.add(new Rule(rooms, number));
    }

    /** The rooms whose names match a pattern; {@code *} stands for anything. */
    static Predicate<String> rooms(String setting, String pattern) {
        if (!ROOMS.matcher(pattern).matches() || pattern.replace("*", "").length() > MAX_ROOM_CHARS) {
            throw new IllegalArgumentException("The setting " + setting + " has the pattern \"" + pattern
                    + "\", which matches no room name. A room name has 1 to " + MAX_ROOM_CHARS + " of a-z, 0-9, dot,"
                    + " dash and underscore, and starts with a letter or digit; * matches any characters.");
        }
        return Pattern.compile(
                        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .asMatchPredicate();
    }

    int of(String room) {
        return rules.stream()
                .filter(rule -> rule.rooms().test(room))
                .mapToInt(Rule::number)
                .findFirst()
                .orElse(others);
    }

    /** Whether the number is 0 for every room. */
    boolean isZero() {
        return others == 0 && rules.stream().allMatch(rule -> rule.number() == 0);
    }

    private static int number(String setting, String value, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // reported below
        }
        throw refused(setting, value);
    }

    private static IllegalArgumentException refused(String setting, String value) {
        return new IllegalArgumentException("The setting " + setting + " is \"" + value
                + "\", but must be a whole number of 0 or more, or a list such as 365, game-*=1: one number for all rooms,"
                + " and others for rooms whose names match a pattern.");
    }
}
