package id.warung.protocol;

/** Ends this sign-in, or all of the user's. */
public record SignOut(boolean everywhere, String id) implements Command {
    @Override
    public String type() {
        return "sign-out";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
        return visitor.signOut(this);
    }
}
