import { Emitter } from '../model/emitter.js';

/**
 * Tracks whether the page is visible, and the first message that arrived while it was not (for the "New" line). Emits
 * `back` when the user returns, with whether they have missed something.
 */
export class Attention extends Emitter {
    #missing = false;
    /** The seq of the first message that arrived while the page was hidden, or null. */
    newFrom = null;

    constructor() {
        super();
        document.addEventListener('visibilitychange', () => this.#turned());
    }

    /** Someone else has posted in the current room. */
    heard({ seq }) {
        if (document.visibilityState === 'visible') return;
        if (!this.#missing) this.newFrom = seq;
        this.#missing = true;
    }

    /** The user has replied or left: nothing is new any longer. */
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
 * Marks the room as read up to its end while the page is visible and shows the end. It waits until it is known how far
 * the user had read: the "New" line belongs there.
 */
export function startReading({ client, element, navigation, rooms }) {
    const marker = readMarker(client);
    const see = () => {
        const { room } = navigation;
        if (!rooms.asked || document.visibilityState !== 'visible' || element('#room').hidden) return;
        if (element('warung-timeline').following && room.caughtUp) marker.see(room);
    };
    // After the next frame: then what has just arrived is visible.
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

/** Sends the user's read position through `client`, once for each end that is seen. */
export function readMarker(client) {
    const marked = new WeakMap();
    return {
        /** The end of the room is visible. */
        see(room) {
            const { epoch, live } = room.timeline;
            const end = `${epoch} ${live?.to}`;
            if (!live || live.to < live.from || marked.get(room) === end) return;
            marked.set(room, end);
            client.read(room.name, live.to);
        },
        /**
         * Marks the user's own message as read, though they may leave before the next frame; but not what others have
         * posted before it in the log.
         */
        hear({ room, message, fresh }) {
            if (fresh && message.from.id === client.user?.id && room.unread === 0) client.read(room.name, message.seq);
        },
        /** Sends the position again the next time the end is visible. */
        forget(room) {
            marked.delete(room);
        },
    };
}
