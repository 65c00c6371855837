package id.warung.protocol;

import java.util.List;

/**
 * Ends sign-ins of the author: their tokens are no longer good. Clients cannot send it: it follows from a {@link SignOut}, or from a
 * request over HTTP.
 *
 * @param room the author's inbox
 * @param signIns those to end; empty: all
 * @param atSeconds since 1970: tokens given out until then end, if all end; not before the latest that is known
 * @param untilSeconds since 1970: until when the ended ones are remembered
 */
public record EndSignIns(String room, List<String> signIns, long atSeconds, long untilSeconds)
        implements Command.Durable {
    public EndSignIns {
        signIns = List.copyOf(signIns);
    }

    @Override
    public String id() {
        return null;
    }

    @Override
    public boolean becomesEntry() {
        return false;
    }

    @Override
    public String body() {
        return "sign-ins";
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.endSignIns(this);
    }
}
