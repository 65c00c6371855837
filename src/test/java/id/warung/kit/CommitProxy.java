package id.warung.kit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A line to PostgreSQL, without TLS, that counts round trips and breaks where a transaction is most vulnerable. */
public final class CommitProxy extends TcpProxy {
    private static final int READY = 'Z'; // once after each round trip
    private static final int COMPLETE = 'C';
    private static final byte IN_TRANSACTION = 'T';

    private final AtomicLong trips = new AtomicLong();
    private final AtomicInteger lostCommits = new AtomicInteger();
    private final AtomicInteger silentCommits = new AtomicInteger();
    private final AtomicInteger cutTransactions = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private volatile Runnable whenLost = () -> {};

    public CommitProxy(int target) {
        super(target);
    }

    /** The round trips so far. */
    public long trips() {
        return trips.get();
    }

    /** The same once; {@code whenLost} runs before anybody notices. */
    public void loseCommit(Runnable whenLost) {
        this.whenLost = whenLost;
        loseCommits(1);
    }

    /** Cuts the connections of the next so many commits after the database has committed, and before its answer. */
    public void loseCommits(int many) {
        lostCommits.set(many);
    }

    /** Cuts the connections of the next so many transactions in their middle. */
    public void cutTransactions(int many) {
        cutTransactions.set(many);
    }

    /** Falls {@linkplain #silence silent} in the middle of the next transaction, as a node that stops. */
    public void stopInTransaction() {
        stops.set(1);
    }

    /** Falls silent when the database answers the next commit, as a database that stops. */
    public void stopAtCommit() {
        silentCommits.set(1);
    }

    private static boolean takes(AtomicInteger some) {
        return some.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Override
    protected void carryAnswers(InputStream stream, OutputStream out) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        for (int type = in.read(); type >= 0; type = in.read()) {
            int length = in.readInt();
            byte[] content = in.readNBytes(length - 4);
            boolean committed = type == COMPLETE && new String(content, StandardCharsets.US_ASCII).startsWith("COMMIT");
            if (committed && takes(lostCommits)) {
                whenLost.run();
                throw new EOFException("the answer is lost");
            }
            if (committed && takes(silentCommits)) {
                silence(true);
            }
            java.nio.ByteBuffer message = java.nio.ByteBuffer.allocate(1 + length);
            message.put((byte) type).putInt(length).put(content);
            awaitVoice();
            boolean inTransaction = type == READY && content[0] == IN_TRANSACTION;
            if (inTransaction && takes(stops)) {
                silence(true);
            }
            if (type == READY) {
                trips.incrementAndGet();
            }
            out.write(message.array());
            if (inTransaction && takes(cutTransactions)) {
                throw new EOFException("cut");
            }
        }
    }
}
