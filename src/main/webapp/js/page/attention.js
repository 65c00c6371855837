import { Emitter } from '../model/emitter.js';

/**
 * Whether somebody is looking: counts what others said while nobody was, in the title, and remembers where that began,
 * for the line above it. Emits `back` when the reader returns.
 */
export class Attention extends Emitter {
    #unseen = 0;
    #place = '';
    /** The seq of the first message that came while nobody was looking, or null. */
    newFrom = null;

    constructor() {
        super();
        document.addEventListener('visibilitychange', () => this.#turned());
    }

    /** Another room is on the page. */
    set place(room) {
        this.#place = `#${room} · Warung`;
        this.seen();
        this.#sayTitle();
    }

    /** Somebody else said something in the room on the page. */
    heard({ seq }) {
        if (document.visibilityState === 'visible') return;
        if (this.#unseen === 0) this.newFrom = seq;
        this.#unseen++;
        this.#sayTitle();
    }

    /** The reader has answered, or left: nothing is new any more. */
    seen() {
        this.newFrom = null;
    }

    #turned() {
        if (document.visibilityState !== 'visible') return;
        this.#unseen = 0;
        this.#sayTitle();
        this.emit('back');
    }

    #sayTitle() {
        document.title = this.#unseen > 0 ? `(${this.#unseen}) ${this.#place}` : this.#place;
    }
}
