package id.warung.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The table {@code permissions.txt}: who may do what, in which room, over WebSocket or HTTP. Its first lines explain the format. */
public final class PermissionTable {
    private static final String NOT_ASKED = "-";

    /**
     * One answer of the table.
     *
     * @param door {@code ws} or {@code http}
     * @param makers who may create rooms on this server: {@code anybody}, {@code moderators}, or {@code any} where that makes no
     *     difference
     * @param answer {@code ok}, or the error code
     */
    public record Cell(String door, String command, String makers, String room, String role, String answer) {
        /** Whether the answer applies where only moderators may create rooms, or where anybody may. */
        public boolean holdsWhere(boolean onlyModeratorsCreateRooms) {
            return makers.equals("any") || makers.equals(onlyModeratorsCreateRooms ? "moderators" : "anybody");
        }

        @Override
        public String toString() {
            return String.join(" ", door, command, makers, room, role);
        }
    }

    private PermissionTable() {}

    /** All answers of the table. */
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
