package id.warung.session;

import id.warung.protocol.Command;
import id.warung.protocol.Reply;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What one session has said and is not done yet, weighed in bytes: a share for the session, and what its address and the node have left.
 * Thread-safe; never blocks.
 */
final class Backlog {
    private static final int WEIGHT = 192; // of a command in bytes, besides its text
    private static final int REFUSALS = 4; // so many times the share of commands

    private final InputBudget.Share input;
    private final long maxBytes;
    private final Consumer<Reply.Failure> overflow;
    private final ArrayDeque<Said> said = new ArrayDeque<>(2);
    private final AtomicLong heldBytes = new AtomicLong(); // also what was taken out and is not settled

    /** A command, or the answer to what is not done; {@code weight} is roughly what it takes in memory, in bytes. */
    record Said(Command command, Reply.Failure refusal, int weight) {
        String id() {
            return command instanceof Command.Lasting lasting ? lasting.id() : null;
        }

        /** The refusal of this command. A join has no id: it is known by its room. */
        Reply.Failure named(Reply.Failure failure) {
            return command instanceof Command.Join join ? failure.toJoin(join.room()) : failure;
        }
    }

    /** Gives what has no place even as a refusal to {@code overflow}. */
    Backlog(InputBudget.Share input, long maxBytes, Consumer<Reply.Failure> overflow) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.overflow = overflow;
    }

    /** Takes a command in that came in a frame of so many characters: whatever is in it has come in the frame. */
    void offer(Command command, int frameChars) {
        Said saying = new Said(command, null, WEIGHT + 2 * frameChars);
        if (takes(saying.weight(), maxBytes)) {
            add(saying);
        } else {
            offer(saying.named(Reply.Failure.busy(saying.id())));
        }
    }

    /** Who says much at once and reads slowly hears of all that was refused; for who only talks there is an end to it. */
    void offer(Reply.Failure refusal) {
        if (takes(WEIGHT, REFUSALS * maxBytes)) {
            add(new Said(null, refusal, WEIGHT));
        } else {
            overflow.accept(refusal);
        }
    }

    /** A frame that may be sent at all is taken when nothing else of the session waits. */
    private boolean takes(int weight, long most) {
        long before = heldBytes.getAndAdd(weight);
        boolean tooMuch = before > 0 && before + weight > most;
        if (tooMuch || !input.take(weight)) {
            heldBytes.addAndGet(-weight);
            return false;
        }
        return true;
    }

    private void add(Said saying) {
        synchronized (said) {
            said.add(saying);
        }
    }

    /** The next, which is held until it is {@link #settled}; null when nothing waits. */
    Said poll() {
        synchronized (said) {
            return said.poll();
        }
    }

    /** It is done, or refused. */
    void settled(Said saying) {
        input.giveBack(saying.weight());
        heldBytes.addAndGet(-saying.weight());
    }
}
