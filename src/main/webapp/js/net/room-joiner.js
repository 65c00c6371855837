const PAUSE_MS = 1_000;

/** Joins the rooms that are read, and has what waits for them sent; anew after each interruption. */
export class RoomJoiner {
    #connection;
    #signIn;
    #rooms;
    #delivery;
    #outbox;
    #inbox;
    #typingAndReads;
    /** What the server takes. */
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

    /** `{phase, held?, code?, retryAt?, offline?}`; phases: idle, connecting, live, waiting, stopped. */
    get status() {
        if (this.#connection.status.phase !== 'open') return this.#connection.status;
        return this.#signIn.done ? { phase: 'live', held: this.#delivery.held } : { phase: 'connecting' };
    }

    /** The server is there. Whoever is known to it need not wait for its answer. */
    welcome({ maxTextChars }) {
        this.limits = { maxTextChars };
        if (this.#signIn.hello()) this.#enterAll();
    }

    /** The server knows us. */
    signedIn(event) {
        const entered = this.#signIn.maySend;
        this.#signIn.signedIn(event);
        this.#outbox.signedIn(event.user.id);
        if (!entered) this.#enterAll();
        if (event.inbox) this.#join(event.inbox, this.#inbox.join(event.inbox));
    }

    /** Reads this room from now on, unless it is read already. */
    open(name, last) {
        if (!this.#rooms.isOpen(name)) this.enter(this.#rooms.add(name, last));
    }

    /** Joins the room, from where we are in it. */
    enter(room) {
        if (!this.#signIn.maySend) return;
        this.#join(room.name, room.join);
        this.#delivery.send(room);
    }

    leave(name) {
        if (this.#rooms.remove(name) && this.#signIn.maySend) this.#connection.send({ type: 'leave', room: name });
    }

    /** Asks whether the line is still good, by joining anew a room in which we are. */
    probe() {
        const room = this.#rooms.open.find(({ joined }) => joined);
        if (room) this.#rooms.entering(room.name);
        this.#connection.probe(room?.join);
    }

    /** The server could not let us into a room just now. */
    enterLater(room, ms) {
        this.#connection.env.setTimeout(
            () => this.#rooms.isOpen(room.name) && !room.joined && this.enter(room),
            ms ?? PAUSE_MS,
        );
    }

    #enterAll() {
        for (const name of [...this.#outbox.rooms, ...this.#typingAndReads.kept]) this.#rooms.add(name);
        for (const room of this.#rooms.open) this.enter(room);
    }

    #join(name, command) {
        this.#rooms.entering(name);
        this.#connection.send(command);
    }
}
