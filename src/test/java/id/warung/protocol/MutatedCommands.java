package id.warung.protocol;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Good and bad commands with random changes, the same ones for the same seed. */
final class MutatedCommands {
    private static final String ODD = "\"{}[]:,\\ \t\n\0\u0001\u007F\uFEFF\uFFFF\uD83D\uDE00\u202Ee-+.019xuntf'/*";

    private final Random random;
    private final List<String> seeds = Stream.concat(
                    Golden.commands().stream(), Golden.badCommands().stream().map(line -> line.split("\t", 2)[1]))
            .toList();

    MutatedCommands(long seed) {
        random = new Random(seed);
    }

    String next() {
        return mutated(seeds.get(random.nextInt(seeds.size())));
    }

    private String mutated(String seed) {
        StringBuilder frame = new StringBuilder(seed);
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(frame.length() + 1);
            int end = Math.min(frame.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> frame.delete(at, end);
                case 1 -> frame.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 2 -> frame.insert(at, frame.substring(at, end));
                case 3 -> frame.replace(at, end, "\\u" + Integer.toHexString(0x10000 + random.nextInt(0x10000)));
                case 4 -> frame.insert(at, seeds.get(random.nextInt(seeds.size())));
                default -> frame.setLength(at);
            }
        }
        return frame.toString();
    }
}
