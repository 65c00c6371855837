package id.warung.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Hints between nodes of one JVM. They wait until a test delivers or loses them; then in any order, and as often as it likes. */
public final class HintNetwork {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Sent> waiting = new ArrayList<>();

    private record Sent(Node to, Collection<String> rooms) {}

    /** Connects one more node. */
    public Hints join() {
        Node node = new Node();
        nodes.add(node);
        return node;
    }

    /** How many hints are under way. */
    public int waiting() {
        return waiting.size();
    }

    /** Delivers one of them. */
    public void deliver(int which) {
        repeat(which);
        lose(which);
    }

    /** Delivers one of them, which arrives again later. */
    public void repeat(int which) {
        Sent sent = waiting.get(which);
        sent.to().listener.news(sent.rooms());
    }

    /** Loses one of them. */
    public void lose(int which) {
        waiting.remove(which);
    }

    private final class Node implements Hints {
        private Listener listener;

        @Override
        public void start(Listener its) {
            listener = its;
        }

        @Override
        public void send(Collection<String> rooms) {
            nodes.stream().filter(node -> node != this).forEach(node -> waiting.add(new Sent(node, rooms)));
        }

        @Override
        public String trouble() {
            return null;
        }

        @Override
        public void close() {
            nodes.remove(this);
        }
    }
}
