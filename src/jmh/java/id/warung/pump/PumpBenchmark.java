package id.warung.pump;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a pump adds to a step: driven to rest, and with an operation that completes inline, as a send often does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PumpBenchmark {
    private int steps;
    private int sends;
    private final Pump idle = new Pump("pump", 
            () -> {
                steps++;
                return Pump.Step.IDLE;
            },
            Runnable::run);
    private final Pump sending = new Pump("pump", this::send, Runnable::run);

    private Pump.Step send() {
        if (++sends % 2 == 0) {
            return Pump.Step.IDLE;
        }
        sending.resume();
        return Pump.Step.PENDING;
    }

    @Benchmark
    public int drive() {
        idle.drive();
        return steps;
    }

    @Benchmark
    public int sendThatCompletesInline() {
        sending.drive();
        return sends;
    }
}
