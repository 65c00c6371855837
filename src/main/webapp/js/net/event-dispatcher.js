const HELLO_FAULTS = new Set(['bad-token', 'bad-name']);
const CLOSING = new Set(['not-a-member', 'no-such-room']);
const PASSING = new Set(['busy', 'unavailable']);
const TYPING_MS = 6_500;

/** Takes in what the server says: gives each event to the part it concerns, and tells the client's listeners what it means. */
export class EventDispatcher {
    #parts;
    #tell;
    #emitStatus;
    #fading = new Map();

    /** `parts` are those of the client; `tell(name, detail)` is heard by its listeners. */
    constructor({ parts, tell, emitStatus }) {
        this.#parts = parts;
        this.#tell = tell;
        this.#emitStatus = emitStatus;
    }

    /** One event of the server's. */
    event(event) {
        const { requests, rooms, inbox } = this.#parts;
        const room = rooms.get(event.room);
        if (event.type === 'signed-in') this.#signedIn(event);
        else if (event.type === 'renamed') this.#renamed(event);
        else if (event.type === 'error') this.#refused(event);
        else if (event.type === 'direct') requests.answered(event);
        else if (event.type === 'ack') this.#acked(event, room);
        else if (event.room === inbox.name) this.#inInbox(event);
        else if (room) this.#inRoom(room, event);
    }

    /** All events of a frame are in: says once of each room that something has changed. */
    frame() {
        const { rooms, inbox, courier, joiner, directory } = this.#parts;
        inbox.save();
        for (const room of rooms.takeChanged()) {
            courier.passedOver(room.name, room.timeline);
            if (rooms.wantsHealing(room)) joiner.enter(room);
            if (room.uncertain) directory.recount(room);
            this.#tell('room', room);
        }
    }

    /** The connection is gone. */
    interrupted() {
        const { joiner, courier, rooms, requests, typingAndReads } = this.#parts;
        joiner.interrupted();
        courier.interrupted();
        rooms.interrupted();
        requests.interrupted();
        typingAndReads.interrupted();
    }

    #signedIn(event) {
        const { joiner, typingAndReads, signIn, rooms } = this.#parts;
        joiner.signedIn(event);
        typingAndReads.resume();
        for (const { name } of rooms.open) rooms.changed(name);
        this.#tell('user', signIn.user);
        this.#emitStatus();
    }

    #renamed(event) {
        const { signIn } = this.#parts;
        signIn.renamed(event);
        this.#tell('user', signIn.user);
    }

    #acked(event, room) {
        const { requests, courier, rooms } = this.#parts;
        requests.acked(event);
        if (!room) return;
        courier.acked(event, room.timeline);
        rooms.changed(room.name);
    }

    #inRoom(room, event) {
        const { rooms, outbox, typingAndReads, courier, joiner, signIn } = this.#parts;
        const { epoch } = room.timeline;
        const news = room.apply(event, signIn.userId);
        if (event.type === 'reset' || (epoch != null && room.timeline.epoch !== epoch)) {
            outbox.reset(room.name);
            typingAndReads.reset(room.name);
        }
        if (news) rooms.changed(room.name);
        if (event.type === 'joined') {
            rooms.entered(room.name);
            joiner.deliver(room);
            typingAndReads.entered(room);
            typingAndReads.resume();
        }
        if (event.type === 'left' && room.closed) this.#close(room, event.reason);
        if (event.type === 'typing') this.#fade(room);
        if (!news || event.seq == null) return;
        if (event.from?.id === signIn.userId) courier.readBack(event);
        if (event.type === 'message') this.#tell('message', { room, message: event, fresh: event.seq > room.backlog });
    }

    #inInbox(event) {
        const { rooms, typingAndReads, inbox } = this.#parts;
        if (event.type === 'joined') rooms.entered(event.room);
        if (event.type === 'reads') {
            for (const { room: name, seq, n } of event.rooms) {
                typingAndReads.confirmed(name, seq);
                const room = rooms.get(name);
                if (room?.readTo(seq, n) || room?.uncertain) rooms.changed(name);
                if (seq > 0 && !rooms.isOpen(name) && !room?.closed) this.#tell('visited', { in: name });
            }
        } else if (inbox.apply(event)) this.#tell(event.type, event);
    }

    #refused(error) {
        const { courier, requests, rooms, signIn, joiner } = this.#parts;
        const item = courier.refused(error);
        if (item) return rooms.changed(item.room);
        if (requests.refused(error) || error.code === 'not-signed-in') return;
        if (!signIn.done && HELLO_FAULTS.has(error.code)) return this.#helloRefused(error);
        const room = rooms.refused(error);
        if (room && PASSING.has(error.code)) joiner.enterLater(room, error.retryAfterMs);
        else if (room && CLOSING.has(error.code)) this.#close(room, error.code);
        else this.#tell('notice', error);
    }

    #helloRefused(error) {
        const { signIn, connection } = this.#parts;
        this.interrupted();
        if (error.code === 'bad-token') return signIn.comeAsStranger();
        if (signIn.forgetName()) connection.reopen();
        else connection.stop();
        this.#tell('refused', error);
    }

    /** We are out of a room for good: nothing waits for it any more. */
    #close(room, reason) {
        const { rooms, outbox, typingAndReads } = this.#parts;
        rooms.remove(room.name);
        typingAndReads.reset(room.name);
        room.close(reason);
        outbox.closed(room.name, CLOSING.has(reason) ? reason : 'not-a-member');
        rooms.changed(room.name);
        this.#tell('removed', { room, reason });
    }

    /** When nothing more is heard, whoever was writing has stopped. */
    #fade(room) {
        const { setTimeout, clearTimeout } = this.#parts.connection.env;
        clearTimeout(this.#fading.get(room));
        this.#fading.set(room, setTimeout(() => {
            this.#fading.delete(room);
            this.#tell('room', room);
        }, TYPING_MS));
    }
}
