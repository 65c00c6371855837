const PAUSE_MS = 1_000;

/** Joins the open rooms, and has their waiting items sent; again after each interruption. */
export class RoomJoiner {
    #connection;
    #signIn;
    #rooms;
    #delivery;
    #outbox;
    #inbox;
    #typingAndReads;
    /** The server's limits. */
    limits = { maxTextChars: 4_000 };

    constructor({ connection, signIn, rooms, delivery, outbox, inbox, typingAndReads }) {
        this.#connection = connection;
        this.#signIn = signIn;
        this.#rooms = rooms;
        this.#delivery = delivery;
        this.#outbox = outbox;
        this.#inbox = inbox;
        this.#typingAndReads = typingAndReads;
    }

    /**
     * The status, `{phase, held?, code?, retryAt?, offline?, room?}`; phases: idle, connecting, live, waiting, stopped.
     */
    get status() {
        if (this.#connection.status.phase !== 'open') return this.#connection.status;
        return this.#signIn.done ? { phase: 'live', held: null, ...this.#delivery.held } : { phase: 'connecting' };
    }

    /** The server has sent `welcome`. */
    welcome({ maxTextChars }) {
        this.limits = { maxTextChars };
        this.again();
    }

    /** Signs in, for which a known user need not wait; whoever is signed in joins their inbox. */
    again() {
        if (this.#signIn.done) this.#enterInbox(this.#inbox.name);
        else if (this.#signIn.hello()) this.#enterAll();
    }

    /** The server has signed the user in, or renewed the sign-in: then nothing else changes. */
    signedIn(event) {
        if (this.#signIn.done) return this.#signIn.signedIn(event);
        const entered = this.#signIn.maySend;
        this.#signIn.signedIn(event);
        this.#outbox.signedIn(event.user.id);
        if (!entered) this.#enterAll();
        this.#enterInbox(event.inbox);
    }

    /** Reads this room from now on, unless it is open already. */
    open(name, last) {
        if (!this.#rooms.isOpen(name)) this.enter(this.#rooms.add(name, last));
    }

    /** Joins the room, from its current position. */
    enter(room) {
        if (!this.#signIn.maySend) return;
        this.#connection.send(room.join);
        this.#delivery.send(room);
    }

    leave(name) {
        if (this.#rooms.remove(name) && this.#signIn.maySend) this.#connection.send({ type: 'leave', room: name });
    }

    /** Checks the connection, by joining a joined room again. */
    probe() {
        const room = this.#rooms.open.find(({ joined }) => joined);
        this.#connection.probe(room?.join);
    }

    /** The server could not admit the user to a room just now: joins it again after `ms`. */
    enterLater(room, ms) {
        this.#connection.env.setTimeout(
            () => this.#rooms.isOpen(room.name) && !room.joined && this.enter(room),
            ms ?? PAUSE_MS,
        );
    }

    #enterInbox(name) {
        if (name) this.#connection.send(this.#inbox.join(name));
    }

    #enterAll() {
        for (const name of [...this.#outbox.rooms, ...this.#typingAndReads.kept]) this.#rooms.add(name);
        for (const room of this.#rooms.open) this.enter(room);
    }
}
