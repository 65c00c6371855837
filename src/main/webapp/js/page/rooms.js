import { Emitter } from '../model/emitter.js';
import { roomList, unreadIn } from '../model/room-list.js';

const MOST_JOINED = 100;

/**
 * The rooms this page knows. The user's rooms are all joined, so that their unread messages are counted as they arrive.
 * Emits `changed`, once for all simultaneous changes.
 */
export class Rooms extends Emitter {
    #client;
    #navigation;
    /** True once the server was asked how far the user has read in each, whether it answered or not. */
    asked = false;
    #known = new Set();
    #visited = new Set();
    #planned = false;
    #asking = null;

    constructor(client, navigation) {
        super();
        this.#client = client;
        this.#navigation = navigation;
        client.on('user', () => this.refresh());
        client.on('room', (room) => this.#changed(room));
        client.on('invited', ({ in: name }) => this.enter(name));
        client.on('visited', ({ in: name }) => this.#follow(name));
        client.on('mentioned', ({ in: name }) => client.find(name)?.joined || this.learn(name));
        navigation.on('moved', () => this.#changed(navigation.room));
    }

    /** All known rooms, including those the user could only go to. */
    get all() {
        return [...this.#known];
    }

    /** The user's rooms, as the sidebar shows them. */
    get list() {
        return roomList(this.all, this.#navigation.room);
    }

    /**
     * Returns the number of unread messages outside the current room, without `muted` rooms; and with it, as `total`.
     */
    unread(muted) {
        const here = this.#navigation.room;
        return {
            total: unreadIn(this.all, muted),
            elsewhere: unreadIn(
                this.all.filter((room) => room !== here),
                muted,
            ),
        };
    }

    /** Asks for the list of rooms; after a failure, the next call asks again. */
    async refresh() {
        try {
            const rooms = await this.#client.rooms();
            const own = rooms.filter(({ member, read }) => member || read != null);
            for (const { name } of own) this.#visited.delete(name);
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

    #changed(room) {
        this.#known.add(room);
        if (this.#planned) return;
        this.#planned = true;
        queueMicrotask(() => {
            this.#planned = false;
            this.emit('changed');
        });
    }
}
