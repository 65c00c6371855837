package id.warung.session;

import id.warung.protocol.Command;
import id.warung.protocol.Reply;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The unfinished commands of one session, weighed in bytes and limited by the session's own share and by what is left
 * for its address and the node. Thread-safe; never blocks.
 */
final class Backlog {
    private static final int WEIGHT = 192; // of a command in bytes, in addition to its text
    private static final int REFUSALS = 4; // limit of rejections, as a multiple of the limit of commands

    private final InputBudget.Share input;
    private final long maxBytes;
    private final Consumer<Reply.Failure> overflow;
    private final ArrayDeque<QueuedCommand> said = new ArrayDeque<>(2);
    private final AtomicLong heldBytes = new AtomicLong(); // including commands taken out and not finished

    /** A queued command, or the reply to a rejected one; {@code weight} is roughly its memory in bytes. */
    record QueuedCommand(Command command, Reply.Failure refusal, int weight) {
        String id() {
            return command.id();
        }

        /** The same with another form of its command. */
        QueuedCommand with(Command other) {
            return new QueuedCommand(other, refusal, weight);
        }
    }

    /** Creates a backlog; rejections that do not fit either go to {@code overflow}. */
    Backlog(InputBudget.Share input, long maxBytes, Consumer<Reply.Failure> overflow) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.overflow = overflow;
    }

    /** Adds a command from a frame of this many characters: all of its data comes from that frame. */
    void offer(Command command, int frameChars) {
        QueuedCommand queued = new QueuedCommand(command, null, WEIGHT + 2 * frameChars);
        if (takes(queued.weight(), maxBytes)) {
            add(queued);
        } else {
            offer(Reply.Failure.busy().to(command));
        }
    }

    /**
     * Adds a rejection. A client that sends much at once and reads slowly still receives all rejections; for one that never reads there
     * is a limit.
     */
    void offer(Reply.Failure refusal) {
        int weight = WEIGHT + (refusal.room() == null ? 0 : refusal.room().length());
        if (takes(weight, REFUSALS * maxBytes)) {
            add(new QueuedCommand(null, refusal, weight));
        } else {
            overflow.accept(refusal);
        }
    }

    /** Whether the weight fits. A frame of legal size always fits when nothing else of the session waits. */
    private boolean takes(int weight, long most) {
        long before = heldBytes.getAndAdd(weight);
        boolean tooMuch = before > 0 && before + weight > most;
        if (tooMuch || !input.take(weight)) {
            heldBytes.addAndGet(-weight);
            return false;
        }
        return true;
    }

    private void add(QueuedCommand queued) {
        synchronized (said) {
            said.add(queued);
        }
    }

    /** Takes the next command, which counts until it is {@link #settled}; null when none waits. */
    QueuedCommand poll() {
        synchronized (said) {
            return said.poll();
        }
    }

    /** The command is executed or rejected: releases its share. */
    void settled(QueuedCommand queued) {
        input.giveBack(queued.weight());
        heldBytes.addAndGet(-queued.weight());
    }
}
