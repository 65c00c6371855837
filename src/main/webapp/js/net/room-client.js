import { Emitter } from '../model/emitter.js';

/** What a user does about rooms and people, besides reading and writing: the other half of `ChatClient`. */
export class RoomClient extends Emitter {
    #parts;

    /** `assemble(tell)` makes the parts of the client. */
    constructor(assemble) {
        super();
        this.#parts = assemble((about, detail) => this.emit(about, detail));
    }

    /** The parts, for the other half. */
    get parts() {
        return this.#parts;
    }

    /**
     * Returns the rooms the user may read, as `Room`s, latest first: all they are in, then the first public ones; with
     * `more`, those that follow.
     */
    rooms(options) {
        return options?.more ? this.#parts.directory.moreRooms() : this.#parts.directory.rooms();
    }

    /**
     * Returns a page of the rooms the user may read with words that begin as those of `{q}` in their title, name or
     * topic, `{rooms, next}`, as `{room, title, topic, at, here, …}`; `here` is how many people are there. `sort` is
     * `latest` or `name`; `after` is `next` of the page before. A page may be short: `next` says if there are more.
     */
    findRooms(options) {
        return this.#parts.directory.find(options ?? {});
    }

    /** Returns a user, `{id, name, guest, online, rooms}`, with the rooms in common as `{room, title}`. */
    person(id) {
        return this.#parts.directory.person(id);
    }

    /**
     * Returns a page of those who are in a room now, by name, `{people, next}`: those with names that start with `{q}`,
     * at most `limit`. `after` is `next` of the page before.
     */
    here(name, options) {
        return this.#parts.directory.here(name, options ?? {});
    }

    /** Returns a room, its members, its moderators and the id of its creator: `{room, members, moderators, owner}`. */
    room(name) {
        return this.#parts.directory.room(name);
    }

    /** Returns people with names that start with `q`, as `{id, name}`. */
    people(q) {
        return this.#parts.directory.people(q);
    }

    /**
     * Returns a page of the user's inbox, `{epoch, entries, begins}`, the newest first: the latest `{limit}` entries
     * (before seq `before`), and whether nothing precedes them.
     */
    inbox(options) {
        return this.#parts.inbox.page(options ?? {});
    }

    /** Returns the seq up to which the user has read their inbox, on any device. */
    inboxRead() {
        return this.#parts.inbox.mark();
    }

    /** The user has read their inbox up to `seq`. Resolves when the server has stored that. */
    readInbox(seq) {
        return this.#parts.inbox.read(seq);
    }

    /** Returns the latest messages with all words of `q` (before seq `before`), as `{entry, around}`. */
    search(room, q, before) {
        return this.#parts.directory.search(room, q, before);
    }

    /** Creates a room, with `{access, topic, title}`. This and the following resolve when the server has done it. */
    create(room, options) {
        const { access, topic, title } = options ?? {};
        return this.#parts.requests.ask({ type: 'create', room, access, topic, title });
    }

    /** The same for a room to which the server gives a name; resolves with that. */
    createNamed(options) {
        const { access, topic, title } = options ?? {};
        return this.#parts.requests.askForRoom({ type: 'create', access, topic, title });
    }

    /** Changes the room's `topic`, its `title`, who may call everybody (`calls`), or whether it is `archived`. */
    change(room, { topic, title, calls, archived }) {
        return this.#parts.requests.ask({ type: 'change', room, topic, title, calls, archived });
    }

    /** Keeps the room at hand on all devices, or no longer. */
    star(room, on) {
        return this.#parts.requests.ask({ type: 'star', room, on });
    }

    /** Adds a member. */
    add(room, userId) {
        return this.#parts.requests.ask({ type: 'add', room, user: userId });
    }

    removeMember(room, userId) {
        return this.#parts.requests.ask({ type: 'remove', room, user: userId });
    }

    /** Makes a user a moderator of the room, or no longer. */
    appoint(room, userId, on) {
        return this.#parts.requests.ask({ type: on ? 'appoint' : 'dismiss', room, user: userId });
    }

    /** Leaves the room for good: the user is no longer a member, and its unread messages are not counted. */
    async leaveRoom(name) {
        const room = this.find(name);
        if (room.access === 'members') return void (await this.removeMember(name, this.user.id));
        this.#parts.typingAndReads.read(name, 0);
        room.readTo(0);
        this.leave(name);
        this.emit('room', room);
    }

    /** Resolves with the name of the direct conversation with this user. */
    direct(userId) {
        return this.#parts.requests.direct(userId);
    }
}
