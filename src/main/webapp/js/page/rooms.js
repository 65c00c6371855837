import { Emitter } from '../model/emitter.js';
import { callsIn, isIn, roomList, unreadIn } from '../model/room-list.js';

/** Fewer than a session may read, so that there is always room for the one the user goes to. */
const MOST_JOINED = 100;
const COUNT_MS = 60_000;

/**
 * The rooms this page knows. The user's rooms are joined, so that their unread messages are counted as they arrive: the
 * latest hundred, and the others are asked for once a minute. Emits `changed`, once for all simultaneous changes, and
 * before it `titled` if one is the title of a room.
 */
export class Rooms extends Emitter {
    #client;
    #navigation;
    /** True once the server was asked how far the user has read in each, whether it answered or not. */
    asked = false;
    #known = new Set();
    #titles = new Map();
    #titled = false;
    #visited = new Set();
    #planned = false;
    #asking = null;
    #muted;
    /** The room that the user has entered from among the unread ones: it stays there until they leave it. */
    #entered = null;

    /** `every(ms, act)` does something again and again; `muted()` returns the names of the muted rooms. */
    constructor(client, navigation, every = null, muted = null) {
        super();
        this.#client = client;
        this.#navigation = navigation;
        this.#muted = muted;
        client.on('user', () => this.refresh());
        client.on('room', (room) => this.#changed(room));
        client.on('invited', ({ in: name }) => this.enter(name));
        client.on('visited', ({ in: name }) => this.#follow(name));
        client.on('starred', ({ in: name }) => client.find(name) ?? this.learn(name));
        for (const call of ['mentioned', 'replied'])
            client.on(call, ({ in: name }) => client.find(name)?.joined || this.learn(name));
        navigation.on('moved', ({ left }) => {
            const { room } = navigation;
            if (room !== left) this.#entered = this.#list(left).unread.includes(room) ? room : null;
            this.#trim();
            this.#changed(navigation.room);
        });
        every?.(COUNT_MS, () => this.#count());
    }

    /** All known rooms, including those the user could only go to. */
    get all() {
        return [...this.#known];
    }

    /** The user's rooms, as the sidebar shows them. */
    get list() {
        return this.#list(this.#navigation.room);
    }

    /**
     * Returns the number of unread messages outside the current room, without `muted` rooms, and how many of them
     * concern the user, as `calls`; and with the current room, as `total` and `allCalls`.
     */
    unread(muted) {
        const others = this.all.filter((room) => room !== this.#navigation.room);
        return {
            total: unreadIn(this.all, muted),
            elsewhere: unreadIn(others, muted),
            allCalls: callsIn(this.all, muted),
            calls: callsIn(others, muted),
        };
    }

    /** Asks for the list of rooms; after a failure, the next call asks again. */
    async refresh() {
        try {
            const rooms = await this.#client.rooms();
            const own = rooms.filter(({ member, read }) => member || read != null);
            for (const { name } of own) this.#visited.delete(name);
            this.#leave(own.slice(MOST_JOINED));
            for (const { name } of own.slice(0, MOST_JOINED)) this.#client.join(name, { last: 0 });
        } catch (fault) {
            console.warn('The rooms could not be listed.', fault);
        }
        this.asked = true;
        for (const name of this.#visited) this.#follow(name);
        this.#changed(this.#navigation.room);
    }

    /** Asks for more rooms, one page at a time. */
    async more() {
        this.#asking ??= this.#client
            .rooms({ more: true })
            .catch((fault) => console.warn('No more rooms could be listed.', fault));
        await this.#asking;
        this.#asking = null;
    }

    /** Someone has added the user to a room. */
    async enter(name) {
        this.#client.join(name, { last: 0 });
        await this.learn(name);
    }

    /**
     * The user has entered a room on another device; before the list has arrived, which may include it, the room waits.
     */
    #follow(name) {
        if (!this.asked) return void this.#visited.add(name);
        this.#visited.delete(name);
        if (this.all.filter(({ joined }) => joined).length < MOST_JOINED) this.enter(name);
    }

    /** Asks for the name and the unread numbers of a room. */
    async learn(name) {
        try {
            await this.#client.room(name);
        } catch (fault) {
            console.warn(`Of ${name} nothing could be learnt.`, fault);
        }
    }

    /** Asks for the name and the title of a room, if nothing is known of it yet. */
    async named(name) {
        if (this.#client.find(name)?.access == null) await this.learn(name);
    }

    /** Asks how many messages are unread in the rooms that are not joined, if there are any. */
    #count() {
        const some = this.all.some((room) => isIn(room) && !room.joined);
        if (some && this.#client.status.phase === 'live') this.refresh();
    }

    /** Leaves the rooms that have been quiet for longest, if more are joined than are counted as messages arrive. */
    #trim() {
        const joined = this.all.filter((room) => room.joined);
        this.#leave(joined.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '')).slice(MOST_JOINED));
    }

    /** Stops reading these rooms, except the current one and those where something is to be sent. */
    #leave(rooms) {
        const { room: here } = this.#navigation;
        const { outbox } = this.#client;
        for (const room of rooms)
            if (room.joined && room !== here && outbox.of(room.name).length === 0) this.#client.leave(room.name);
    }

    #list(here) {
        return roomList(this.all, here, { muted: this.#muted?.(), entered: this.#entered });
    }

    #changed(room) {
        this.#known.add(room);
        if (room.title !== (this.#titles.get(room) ?? '')) this.#titled = true;
        this.#titles.set(room, room.title);
        if (this.#planned) return;
        this.#planned = true;
        queueMicrotask(() => {
            this.#planned = false;
            if (this.#titled) this.emit('titled');
            this.#titled = false;
            this.emit('changed');
        });
    }
}
