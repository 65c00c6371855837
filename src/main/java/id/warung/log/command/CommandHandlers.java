package id.warung.log.command;

import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.DurableCommands;
import id.warung.protocol.Fields;
import id.warung.protocol.RetryFromOutside;
import java.util.Map;

/** The handlers of all durable commands: a command without one does not compile. Immutable. */
public final class CommandHandlers
        implements DurableCommands, Command.Durable.DurableVisitor<CommandHandlers.Bound<?>> {
    private final PostHandler post = new PostHandler();
    private final EditHandler edit = new EditHandler();
    private final DeleteHandler delete = new DeleteHandler();
    private final CreateHandler create = new CreateHandler();
    private final ChangeHandler change = new ChangeHandler();
    private final AddHandler add = new AddHandler();
    private final RemoveHandler remove = new RemoveHandler();
    private final ReadHandler read = new ReadHandler();
    private final TakeNameHandler takeName = new TakeNameHandler();
    private final RetryFromOutsideHandler retryFromOutside = new RetryFromOutsideHandler();

    private final Map<String, CommandHandler<?>> byType = Map.of(
            "post", post,
            "edit", edit,
            "delete", delete,
            "create", create,
            "change", change,
            "add", add,
            "remove", remove,
            "read", read);

    /** A command with its handler. */
    record Bound<C extends Command.Durable>(C command, CommandHandler<C> handler) {}

    @Override
    public Command.Durable read(String type, Fields fields) throws CommandRejectedException {
        CommandHandler<?> handler = byType.get(type);
        return handler == null ? null : handler.read(fields);
    }

    @Override
    public Bound<?> post(Command.Post command) {
        return new Bound<>(command, post);
    }

    @Override
    public Bound<?> edit(Command.Edit command) {
        return new Bound<>(command, edit);
    }

    @Override
    public Bound<?> delete(Command.Delete command) {
        return new Bound<>(command, delete);
    }

    @Override
    public Bound<?> create(Command.Create command) {
        return new Bound<>(command, create);
    }

    @Override
    public Bound<?> change(Command.Change command) {
        return new Bound<>(command, change);
    }

    @Override
    public Bound<?> add(Command.Add command) {
        return new Bound<>(command, add);
    }

    @Override
    public Bound<?> remove(Command.Remove command) {
        return new Bound<>(command, remove);
    }

    @Override
    public Bound<?> read(Command.Read command) {
        return new Bound<>(command, read);
    }

    @Override
    public Bound<?> takeName(Command.TakeName command) {
        return new Bound<>(command, takeName);
    }

    @Override
    public Bound<?> retryFromOutside(RetryFromOutside command) {
        return new Bound<>(command, retryFromOutside);
    }
}
