package id.warung.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code permissions.txt}: who may do what, in which room, over which door. Its first lines say how it is read. */
public final class PermissionTable {
    private static final String NOT_ASKED = "-";

    /**
     * One answer.
     *
     * @param door {@code ws} or {@code http}
     * @param makers who makes rooms on this server: {@code anybody}, {@code moderators}, or {@code any} where that makes no difference
     * @param answer {@code ok}, or why not
     */
    public record Cell(String door, String command, String makers, String room, String role, String answer) {
        /** Whether it holds where only moderators make rooms, or where anybody does. */
        public boolean holdsWhere(boolean moderatorsMakeRooms) {
            return makers.equals("any") || makers.equals(moderatorsMakeRooms ? "moderators" : "anybody");
        }

        @Override
        public String toString() {
            return String.join(" ", door, command, makers, room, role);
        }
    }

    private PermissionTable() {}

    /** All answers that the table has. */
    public static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        String[] roles = {};
        for (String line : lines()) {
            String[] columns = line.split(" +");
            if (columns[0].equals("door")) {
                roles = columns;
            } else {
                for (int i = 4; i < columns.length; i++) {
                    if (!columns[i].equals(NOT_ASKED)) {
                        cells.add(new Cell(columns[0], columns[1], columns[2], columns[3], roles[i], columns[i]));
                    }
                }
            }
        }
        return cells;
    }

    private static List<String> lines() {
        try (InputStream in = PermissionTable.class.getResourceAsStream("/permissions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
