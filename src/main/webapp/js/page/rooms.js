import { Emitter } from '../model/emitter.js';
import { roomList, unreadIn } from '../model/room-list.js';

const MOST_JOINED = 100;

/**
 * The rooms this page knows of. Those the user is in are all joined, so that what is unread in them is counted as it
 * comes. Emits `changed`, once for all that changed together.
 */
export class Rooms extends Emitter {
    #client;
    #navigation;
    /** True when the server was asked how far the user has read in each; whether it answered or not. */
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

    /** All of them, also those the user only might go to. */
    get all() {
        return [...this.#known];
    }

    /** Those the user is in, as the sidebar shows them. */
    get list() {
        return roomList(this.all, this.#navigation.room);
    }

    /** How much is unread outside the room on the page, but for `muted` rooms; with that room in `total`. */
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

    /** Asks which rooms there are; what cannot be had is asked for at the next occasion. */
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

    /** Asks for rooms beyond those that are known, one page at a time. */
    async more() {
        this.#asking ??= this.#client
            .rooms({ more: true })
            .catch((fault) => console.warn('No more rooms could be listed.', fault));
        await this.#asking;
        this.#asking = null;
    }

    /** Somebody has let the user into a room. */
    async enter(name) {
        this.#client.join(name, { last: 0 });
        await this.learn(name);
    }

    /** The user has come into a room on another device; until the list has come, that may tell of it as well. */
    #follow(name) {
        if (!this.asked) return void this.#visited.add(name);
        this.#visited.delete(name);
        if (this.all.filter(({ joined }) => joined).length < MOST_JOINED) this.enter(name);
    }

    /** Asks how a room is called and what is unread in it. */
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
