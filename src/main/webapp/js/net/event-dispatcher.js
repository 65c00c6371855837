import { SIGN_IN_FIRST, TOKEN_EXPIRED } from '../model/reconnect.js';

const HELLO_FAULTS = new Set(['bad-token', 'bad-name']);
const CLOSING = new Set(['not-a-member', 'no-such-room', 'banned']);
const PASSING = new Set(['busy', 'unavailable', 'rate-limited']);
const TYPING_MS = 6_500;
const PAUSE_MS = 1_000;

/** Applies the server's events: passes each to the part it concerns, and notifies the client's listeners. */
export class EventDispatcher {
    #parts;
    #tell;
    #fading = new Map();
    #again = null;
    /** The handlers of events that concern no room, or any room. */
    #ofSession = new Map(
        Object.entries({
            'signed-in': (event) => this.#signedIn(event),
            renamed: (event) => this.#renamed(event),
            error: (event) => this.#refused(event),
            direct: ({ id, room }) => this.#parts.requests.answered(id, room),
            ack: (event) => this.#acked(event),
        }),
    );
    /** The handlers of inbox events that change a room. */
    #ofInbox = new Map(
        Object.entries({
            reads: ({ rooms }) => this.#readElsewhere(rooms),
            unread: ({ rooms }) => this.#unreadElsewhere(rooms),
            replied: ({ in: name, message }) => this.#of(name, (room) => room.called(message)),
            starred: ({ in: name, on }) => this.#of(name, (room) => room.star(on)),
        }),
    );
    /** The handlers of events that the room has already applied; `news` if it was new to the room. */
    #ofRoom = new Map(
        Object.entries({
            joined: (room) => this.#joined(room),
            left: (room, { reason }) => room.closed && this.#close(room, reason),
            typing: (room) => this.#fade(room),
            message: (room, message, news) =>
                news && this.#tell('message', { room, message, fresh: message.seq > room.backlog }),
        }),
    );

    /** `parts` are those of the client; `tell(name, detail)` notifies its listeners. */
    constructor({ parts, tell }) {
        this.#parts = parts;
        this.#tell = tell;
    }

    /** Applies one event: an unknown type concerns only a room, which may keep it as an entry. */
    event(event) {
        const { rooms, inbox } = this.#parts;
        const handle = this.#ofSession.get(event.type);
        if (handle) return handle(event);
        if (event.room === inbox.name) return this.#inInbox(event);
        const room = rooms.get(event.room);
        if (room) this.#inRoom(room, event);
    }

    /** All events of a frame are applied: reports each changed room once. */
    frame() {
        const { rooms, inbox, delivery, joiner, directory } = this.#parts;
        inbox.save();
        for (const room of rooms.takeChanged()) {
            delivery.passedOver(room.name, room.timeline);
            if (rooms.wantsHealing(room)) joiner.enter(room);
            if (room.uncertain) directory.recount(room);
            delivery.send(room);
            this.#tell('room', room);
        }
    }

    /** The connection was lost. */
    interrupted() {
        const { signIn, delivery, rooms, requests, typingAndReads, connection } = this.#parts;
        connection.env.clearTimeout(this.#again);
        signIn.interrupted();
        delivery.interrupted();
        rooms.interrupted();
        requests.interrupted();
        typingAndReads.interrupted();
    }

    #signedIn(event) {
        const { joiner, typingAndReads, signIn, rooms, requests } = this.#parts;
        const renewed = signIn.done;
        joiner.signedIn(event);
        requests.answered(event.id, signIn.user);
        const { roles, expiresAt } = signIn;
        this.#tell('signed-in', { roles, expiresAt });
        if (renewed) return;
        typingAndReads.resume();
        for (const { name } of rooms.open) rooms.changed(name);
        this.#tell('user', signIn.user);
        this.#tell('status', joiner.status);
    }

    #renamed(event) {
        const { signIn } = this.#parts;
        signIn.renamed(event);
        this.#tell('user', signIn.user);
    }

    #acked(event) {
        const { requests, delivery, rooms } = this.#parts;
        const room = rooms.get(event.room);
        requests.answered(event.id, event.seq, event.room);
        if (!room) return;
        delivery.resumed();
        delivery.acked(event, room.timeline);
        rooms.changed(room.name);
    }

    #inRoom(room, event) {
        const { rooms, outbox, typingAndReads, delivery, signIn } = this.#parts;
        const { epoch } = room.timeline;
        const news = room.apply(event, signIn.userId);
        if (event.type === 'reset' || (epoch != null && room.timeline.epoch !== epoch)) {
            outbox.reset(room.name);
            typingAndReads.reset(room.name);
        }
        if (news) rooms.changed(room.name);
        if (news && event.seq != null && event.from?.id === signIn.userId) delivery.acked(event, room.timeline);
        this.#ofRoom.get(event.type)?.(room, event, news);
    }

    #joined(room) {
        const { typingAndReads, delivery } = this.#parts;
        delivery.send(room);
        typingAndReads.entered(room);
        typingAndReads.resume();
    }

    #inInbox(event) {
        this.#ofInbox.get(event.type)?.(event);
        if (this.#parts.inbox.apply(event)) this.#tell(event.type, event);
    }

    /** Applies the read positions of the user, from any device. */
    #readElsewhere(marks) {
        const { rooms, typingAndReads, inbox } = this.#parts;
        for (const { room: name, seq, n, back } of marks) {
            if (name === inbox.name) {
                this.#tell('inbox-read', { seq });
                continue;
            }
            const room = rooms.get(name);
            if (typingAndReads.wentBack(name, seq, back ?? false)) {
                const further = room?.read?.seq > seq;
                if (room?.readBack(seq, n)) rooms.changed(name);
                if (further) this.#tell('read-back', { in: name, seq });
                continue;
            }
            if (back) continue;
            typingAndReads.confirmed(name, seq);
            if (room?.readTo(seq, n) || room?.uncertain) rooms.changed(name);
            if (seq > 0 && !rooms.isOpen(name) && !room?.closed) this.#tell('visited', { in: name });
        }
    }

    /** Applies what is unread in rooms that are not joined: of those that are, this client knows more. */
    #unreadElsewhere(counts) {
        const { rooms } = this.#parts;
        for (const count of counts) {
            if (!rooms.isOpen(count.room)) this.#of(count.room, (room) => !room.closed && room.counted(count));
        }
    }

    /** Something has happened to a room outside its log; nothing while the room is unknown here. */
    #of(name, change) {
        const { rooms } = this.#parts;
        const room = rooms.get(name);
        if (room && change(room)) rooms.changed(name);
    }

    #refused(error) {
        const { delivery, requests, rooms, signIn, joiner } = this.#parts;
        const item = delivery.refused(error);
        if (item) return rooms.changed(item.room);
        if (requests.refused(error) || error.code === 'not-signed-in') return;
        if (!signIn.done && HELLO_FAULTS.has(error.code)) return this.#helloRefused(error);
        const room = rooms.refused(error);
        if (room && PASSING.has(error.code)) joiner.enterLater(room, error.retryAfterMs);
        else if (PASSING.has(error.code)) this.#later(error);
        else if (room && CLOSING.has(error.code)) this.#close(room, error.code);
        else this.#tell('notice', error);
    }

    /**
     * The server cannot do just now what nobody waits for: says it again later. What was sent behind a `hello` is
     * refused as well.
     */
    #later({ command, retryAfterMs }) {
        const { joiner, connection, typingAndReads } = this.#parts;
        const { clearTimeout, setTimeout } = connection.env;
        if (command === 'hello') this.interrupted();
        clearTimeout(this.#again);
        this.#again = setTimeout(() => {
            joiner.again();
            typingAndReads.again();
        }, retryAfterMs ?? PAUSE_MS);
    }

    #helloRefused(error) {
        const { signIn, connection } = this.#parts;
        this.interrupted();
        if (error.code === 'bad-token') return this.#tokenRefused();
        if (signIn.forgetName()) connection.reopen();
        else connection.stop();
        this.#tell('refused', error);
    }

    /** Without another token, a guest comes as a new one; everybody else has to sign in again. */
    async #tokenRefused() {
        const { signIn, connection } = this.#parts;
        if (signIn.mayRecover && (await signIn.recover())) return;
        if (signIn.comeAsStranger()) return;
        const code = signIn.hasToken ? TOKEN_EXPIRED : SIGN_IN_FIRST;
        if (signIn.hasToken) signIn.forgetToken();
        connection.stop(code);
    }

    /** The user is out of a room for good: nothing waits for it any longer. */
    #close(room, reason) {
        const { rooms, outbox, typingAndReads } = this.#parts;
        rooms.remove(room.name);
        typingAndReads.reset(room.name);
        room.close(reason);
        outbox.closed(room.name, CLOSING.has(reason) ? reason : 'not-a-member');
        rooms.changed(room.name);
        this.#tell('removed', { room, reason });
    }

    /** Reports the room again after a typing signal has expired. */
    #fade(room) {
        const { setTimeout, clearTimeout } = this.#parts.connection.env;
        clearTimeout(this.#fading.get(room));
        this.#fading.set(
            room,
            setTimeout(() => {
                this.#fading.delete(room);
                this.#tell('room', room);
            }, TYPING_MS),
        );
    }
}
