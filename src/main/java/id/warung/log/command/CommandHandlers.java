package id.warung.log.command;

import id.warung.protocol.Appoint;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.DurableCommands;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.Fields;
import id.warung.protocol.React;
import id.warung.protocol.Read;
import id.warung.protocol.RetryOnly;
import id.warung.protocol.Star;
import id.warung.protocol.TakeName;
import java.util.Map;

/** The handlers of all durable commands: a command without one does not compile. Immutable. */
public final class CommandHandlers
        implements DurableCommands, Command.Durable.DurableVisitor<CommandHandlers.Bound<?>> {
    private final PostHandler post = new PostHandler();
    private final EditHandler edit = new EditHandler();
    private final DeleteHandler delete = new DeleteHandler();
    private final ReactHandler react = new ReactHandler();
    private final CreateHandler create = new CreateHandler();
    private final ChangeHandler change = new ChangeHandler();
    private final AddHandler add = new AddHandler();
    private final RemoveHandler remove = new RemoveHandler();
    private final AppointHandler appoint = new AppointHandler(true);
    private final AppointHandler dismiss = new AppointHandler(false);
    private final ReadHandler read = new ReadHandler();
    private final StarHandler star = new StarHandler();
    private final TakeNameHandler takeName = new TakeNameHandler();
    private final EndSignInsHandler endSignIns = new EndSignInsHandler();
    private final RetryOnlyHandler retryOnly = new RetryOnlyHandler();

    private final Map<String, CommandHandler<?>> byType = Map.ofEntries(
            Map.entry("post", post),
            Map.entry("edit", edit),
            Map.entry("delete", delete),
            Map.entry("react", react),
            Map.entry("create", create),
            Map.entry("change", change),
            Map.entry("add", add),
            Map.entry("remove", remove),
            Map.entry("appoint", appoint),
            Map.entry("dismiss", dismiss),
            Map.entry("star", star),
            Map.entry("read", read));

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
    public Bound<?> react(React command) {
        return new Bound<>(command, react);
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
    public Bound<?> appoint(Appoint command) {
        return new Bound<>(command, command.moderator() ? appoint : dismiss);
    }

    @Override
    public Bound<?> read(Read command) {
        return new Bound<>(command, read);
    }

    @Override
    public Bound<?> star(Star command) {
        return new Bound<>(command, star);
    }

    @Override
    public Bound<?> takeName(TakeName command) {
        return new Bound<>(command, takeName);
    }

    @Override
    public Bound<?> endSignIns(EndSignIns command) {
        return new Bound<>(command, endSignIns);
    }

    @Override
    public Bound<?> retryOnly(RetryOnly command) {
        return new Bound<>(command, retryOnly);
    }
}
