import { Emitter } from '../model/emitter.js';

/**
 * Whether somebody is looking: remembers where that which came while nobody was began, for the line above it. Emits `back`
 * when the reader returns, with whether he has missed something.
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
