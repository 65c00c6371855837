import { Emitter } from '../model/emitter.js';
import { Outbox } from '../model/outbox.js';
import { Connection } from './connection.js';
import { Courier } from './courier.js';
import { Greeting } from './greeting.js';
import { History } from './history.js';
import { MemoryIdentity } from './memory-identity.js';
import { RoomSet } from './room-set.js';

const HELLO_FAULTS = new Set(['bad-token', 'bad-name']);

/**
 * A user in rooms, over one connection that comes back by itself. Emits `status`, `user`, `room` (something to show in
 * it changed), `message` (`{room, message, fresh}`), `notice` (an `error` that belongs to no message) and `refused` (a
 * name that is none). All events of a frame are applied before `room` is emitted, once for each room.
 */
export class ChatClient extends Emitter {
    #courier;
    #greeting;
    #history;
    #rooms = new RoomSet();
    #entered = false;
    limits = { maxTextChars: 4_000 };

    /** `identity` keeps name and token, `outbox` what was not sent yet; by default both live in memory. */
    constructor({ url, name, identity = new MemoryIdentity(name), outbox = new Outbox(), env = {} }) {
        super();
        this.outbox = outbox;
        /** The line itself: `open()` connects at once, `offline()` is for when the network is gone. */
        this.connection = new Connection(url, env);
        const send = (command) => this.connection.send(command);
        const again = () => this.#rooms.open.forEach((room) => this.#deliver(room.name));
        this.#courier = new Courier({ outbox, send, again, changed: () => this.emit('status', this.status), env: this.connection.env });
        this.#greeting = new Greeting({ identity, send });
        this.#history = new History({ url, fetch: this.connection.env.fetch, changed: (room) => this.emit('room', room) });
        this.connection.on('status', () => this.#onStatus());
        this.connection.on('welcome', (welcome) => this.#onWelcome(welcome));
        this.connection.on('event', (event) => this.#onEvent(event));
        this.connection.on('frame', () => this.#onFrame());
    }

    /** `{id, name}` once signed in. */
    get user() {
        return this.#greeting.user;
    }

    /** `{phase, held?, code?, retryAt?, offline?}`; phases: idle, connecting, live, waiting, stopped. */
    get status() {
        if (this.connection.status.phase !== 'open') return this.connection.status;
        return this.#greeting.done ? { phase: 'live', held: this.#courier.held } : { phase: 'connecting' };
    }

    /** Connects; false when nobody has said yet who we are. */
    start() {
        if (!this.#greeting.possible) return false;
        this.connection.open();
        return true;
    }

    stop() {
        this.connection.stop();
    }

    /** Is from now on called `name`. A session says `hello` once, so this connects anew. */
    rename(name) {
        this.#greeting.rename(name);
        this.connection.reopen();
    }

    /** The room `name`, read from now on; `last` of its entries come first. */
    join(name, { last = 50 } = {}) {
        const news = !this.#rooms.isOpen(name);
        const room = this.#rooms.add(name, last);
        if (news) this.#enter(room);
        return room;
    }

    /** Stops reading a room; what was read is kept for the next time. */
    leave(name) {
        if (this.#rooms.remove(name) && this.#entered) this.connection.send({ type: 'leave', room: name });
    }

    /** Says something in a joined room. It is sent as often as needed until the server has it. */
    post(room, text) {
        const item = this.outbox.add(room, text);
        this.#deliver(room);
        this.emit('room', this.#rooms.get(room));
        return item;
    }

    /** Tries again what the server refused. */
    retry(item) {
        this.outbox.retry(item);
        this.#deliver(item.room);
        this.emit('room', this.#rooms.get(item.room));
    }

    /** Gives up what the server refused. */
    discard(item) {
        this.outbox.remove(item);
        this.emit('room', this.#rooms.get(item.room));
    }

    /** Reads more of what was said before; resolves when it is there, or cannot be had. */
    earlier(name) {
        return this.#history.earlier(this.#rooms.get(name));
    }

    /** Reads what a gap `{from, to}` hides. */
    fill(name, gap) {
        return this.#history.fill(this.#rooms.get(name), gap);
    }

    /** Something may have happened to the line: connects at once if there is none, else asks whether it is still good. */
    wake() {
        const room = this.#rooms.open.find((each) => each.joined);
        this.connection.probe(room?.join);
    }

    #onStatus() {
        if (this.connection.status.phase !== 'open') this.#interrupt();
        this.emit('status', this.status);
    }

    #interrupt() {
        this.#entered = false;
        this.#greeting.interrupted();
        this.#courier.interrupted();
        this.#rooms.interrupted();
    }

    #onWelcome({ maxTextChars }) {
        this.limits = { maxTextChars };
        if (this.#greeting.hello()) this.#enterAll();
    }

    #enterAll() {
        for (const name of this.outbox.rooms) this.join(name);
        this.#entered = true;
        for (const room of this.#rooms.open) this.#enter(room);
    }

    #enter(room) {
        if (!this.#entered) return;
        this.connection.send(room.join);
        this.#deliver(room.name);
    }

    #deliver(room) {
        if (this.#entered && this.#rooms.isOpen(room)) this.#courier.deliver(room, this.#greeting.userId);
    }

    #onEvent(event) {
        if (event.type === 'signed-in') this.#onSignedIn(event);
        else if (event.type === 'error') this.#onError(event);
        else if (this.#rooms.get(event.room)) this.#onRoomEvent(this.#rooms.get(event.room), event);
    }

    #onSignedIn(event) {
        this.#greeting.signedIn(event);
        this.outbox.signedIn(this.user.id);
        if (!this.#entered) this.#enterAll();
        for (const { name } of this.#rooms.open) this.#rooms.changed(name);
        this.emit('user', this.user);
        this.emit('status', this.status);
    }

    #onRoomEvent(room, event) {
        if (event.type === 'ack') this.#courier.acked(event, room.timeline);
        else if (event.type === 'reset') this.outbox.reset(room.name);
        const changed = event.type !== 'ack' && room.apply(event);
        if (changed || event.type === 'ack') this.#rooms.changed(room.name);
        if (!changed || event.type !== 'message') return;
        if (event.from.id === this.user?.id) this.#courier.readBack(event);
        this.emit('message', { room, message: event, fresh: event.seq > room.backlog });
    }

    #onError(error) {
        const item = this.#courier.refused(error);
        if (item) this.#rooms.changed(item.room);
        else if (!this.#greeting.done && HELLO_FAULTS.has(error.code)) this.#onHelloRefused(error);
        else if (error.code !== 'not-signed-in') this.emit('notice', error);
    }

    #onHelloRefused(error) {
        this.#interrupt();
        if (error.code === 'bad-token') return this.#greeting.comeAsStranger();
        if (this.#greeting.forgetName()) this.connection.reopen();
        else this.connection.stop();
        this.emit('refused', error);
    }

    #onFrame() {
        for (const room of this.#rooms.takeChanged()) {
            this.#courier.passedOver(room.name, room.timeline);
            if (this.#rooms.wantsHealing(room)) this.#enter(room);
            this.emit('room', room);
        }
    }
}
