package id.warung.protocol;

import id.warung.log.command.CommandHandlers;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A post of 64 characters: read, written as an entry, acknowledged; and its text read back, as for plain readers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final String TEXT = "the quick brown fox jumps over the lazy dog \u6162\u6162\u8d70 and home again ok";

    private final Codec codec = new Codec(new CommandHandlers(), 4_000);
    private final EntryCodec entries = new EntryCodec();
    private final String post = "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-000000000007\",\"text\":\"" + TEXT + "\"}";
    private final User ana = new User("u-4f2k9q7h3m2x", "Ana Maria");
    private final EntryCodec.Heading heading = new EntryCodec.Heading(
            "lobby", 42, 40, Instant.parse("2026-11-23T19:31:35.007Z"), ana, "c-000000000007");
    private final Command.Post said = new Command.Post("lobby", "c-000000000007", TEXT);
    private final byte[] entry = entries.message(heading, said);

    @Benchmark
    public Command readPost() throws CommandRejectedException {
        return codec.decode(post);
    }

    @Benchmark
    public byte[] writeEntry() {
        return entries.message(heading, said);
    }

    @Benchmark
    public byte[] writeAck() {
        return codec.encode(new Reply.Ack("lobby", "c-000000000007", 42));
    }

    @Benchmark
    public String readText() {
        return entries.textOf(entry);
    }
}
