import { Emitter } from '../model/emitter.js';

/** How long an input shows that the user is at a page that has not the keyboard. */
const INPUT_MS = 60_000;
const INPUTS = ['pointerdown', 'wheel', 'keydown', 'touchstart'];

/**
 * Tracks whether the user is at the page: a page that is visible beside another window is not seen, unless they have
 * just scrolled or clicked there. Also keeps the first message that arrived meanwhile, or that they have marked unread
 * (for the "New" line). Emits `turned` when they leave or return, and `back` when they return, with whether they have
 * missed something.
 */
export class Attention extends Emitter {
    #missing = false;
    #present = isVisible() && document.hasFocus();
    /** When the user has last done something here since they left, on the clock of `performance`. */
    #inputAt = -INPUT_MS;
    #timer = null;
    /** The seq of the first message that arrived while the user was away, or null. */
    newFrom = null;
    /** True when the user has marked messages unread: they stay so until the user comes to the room again, or posts. */
    held = false;

    constructor() {
        super();
        document.addEventListener('visibilitychange', () => (isVisible() ? this.#turned(this.present) : this.#left()));
        addEventListener('focus', () => this.#turned(this.present));
        addEventListener('blur', () => this.#left());
        for (const name of INPUTS) addEventListener(name, () => this.#touched(), { capture: true, passive: true });
    }

    /** True while the page is visible, and has the keyboard or had an input lately. */
    get present() {
        return isVisible() && (document.hasFocus() || performance.now() - this.#inputAt < INPUT_MS);
    }

    /** Someone else has posted in the current room. */
    heard({ seq }) {
        if (this.present) return;
        if (!this.#missing && !this.held) this.newFrom = seq;
        this.#missing = true;
    }

    /** The user has replied or left: nothing is new any longer. */
    seen() {
        this.newFrom = null;
        this.held = false;
    }

    /** The user has marked what begins at `seq` unread: it is new, and stays unread though they see it. */
    hold(seq) {
        this.newFrom = seq;
        this.held = true;
    }

    /** The user has turned to another window, or another tab: what they did here before says nothing of now. */
    #left() {
        this.#inputAt = -INPUT_MS;
        this.#turned(false);
    }

    /** The user does something here, perhaps without the keyboard. */
    #touched() {
        if (document.hasFocus()) return;
        this.#inputAt = performance.now();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#turned(this.present), INPUT_MS);
        this.#turned(this.present);
    }

    #turned(present) {
        if (present === this.#present) return;
        this.#present = present;
        this.emit('turned');
        if (!present) return;
        const missed = this.#missing;
        this.#missing = false;
        this.emit('back', missed);
    }
}

function isVisible() {
    return document.visibilityState === 'visible';
}

/**
 * Marks the room as read up to its end while the user is at the page and it shows the end. It waits until it is known
 * how far they had read: the "New" line belongs there.
 */
export function startReading({ attention, client, element, navigation, rooms }) {
    const marker = readMarker(client);
    const see = () => {
        const { room } = navigation;
        if (!rooms.asked || !attention.present || attention.held || element('#room').hidden) return;
        if (element('warung-timeline').following && room.caughtUp) marker.see(room);
    };
    // After the next frame: then what has just arrived is visible, or in a lively room 60 ms later.
    let looking = false;
    const look = () => {
        if (looking) return;
        looking = true;
        requestAnimationFrame(() => {
            looking = false; // what arrives from now on is visible later
            requestAnimationFrame(see);
        });
    };
    navigation.on('moved', () => {
        marker.forget(navigation.room);
        look();
    });
    rooms.on('changed', look);
    client.on('message', (heard) => marker.hear(heard));
    attention.on('back', look);
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
