import { Emitter } from '../model/emitter.js';

/**
 * Whether somebody is looking: remembers where that which came while nobody was began, for the line above it. Emits
 * `back` when the reader returns, with whether they have missed something.
 */
export class Attention extends Emitter {
    #missing = false;
    /** The seq of the first message that came while nobody was looking, or null. */
    newFrom = null;

    constructor() {
        super();
        document.addEventListener('visibilitychange', () => this.#turned());
    }

    /** Somebody else said something in the room on the page. */
    heard({ seq }) {
        if (document.visibilityState === 'visible') return;
        if (!this.#missing) this.newFrom = seq;
        this.#missing = true;
    }

    /** The reader has answered, or left: nothing is new any more. */
    seen() {
        this.newFrom = null;
    }

    #turned() {
        if (document.visibilityState !== 'visible') return;
        const missed = this.#missing;
        this.#missing = false;
        this.emit('back', missed);
    }
}

/**
 * The user has read what they see: when the page is visible and shows the end of the room, all of it. Not before we
 * know how far they had read: there is a line there.
 */
export function startReading({ client, element, navigation, rooms }) {
    const marker = readMarker(client);
    const see = () => {
        const { room } = navigation;
        if (!rooms.asked || document.visibilityState !== 'visible' || element('#room').hidden) return;
        if (element('warung-timeline').following && room.caughtUp) marker.see(room);
    };
    // After the next picture: then they see what has just come.
    const look = () => requestAnimationFrame(() => requestAnimationFrame(see));
    navigation.on('moved', () => {
        marker.forget(navigation.room);
        look();
    });
    rooms.on('changed', look);
    client.on('message', (heard) => marker.hear(heard));
    document.addEventListener('visibilitychange', look);
    document.addEventListener('scroll', look, { capture: true, passive: true });
}

/** Tells `client` how far its user has read, once of each end that is seen. */
export function readMarker(client) {
    const marked = new WeakMap();
    return {
        /** The end of the room is seen. */
        see(room) {
            const { epoch, live } = room.timeline;
            const end = `${epoch} ${live?.to}`;
            if (!live || live.to < live.from || marked.get(room) === end) return;
            marked.set(room, end);
            client.read(room.name, live.to);
        },
        /**
         * One's own word is read, though one may be gone before the next picture; but not what others have said before
         * it came into the log.
         */
        hear({ room, message, fresh }) {
            if (fresh && message.from.id === client.user?.id && room.unread === 0) client.read(room.name, message.seq);
        },
        /** The next time that its end is seen is told again. */
        forget(room) {
            marked.delete(room);
        },
    };
}
