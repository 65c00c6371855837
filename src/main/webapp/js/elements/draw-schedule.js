/** What others write is drawn at once if nothing was drawn for so long; in a lively room, several messages together. */
export const PACE_MS = 60;

/** Draws before a next frame, once for all changes until then. */
export class DrawSchedule {
    #draw;
    #planned = false;
    #timer = null;
    #drawnAt = -PACE_MS;

    constructor(draw) {
        this.#draw = draw;
    }

    /** Draws before the next frame. */
    soon() {
        clearTimeout(this.#timer);
        this.#timer = null;
        if (this.#planned) return;
        this.#planned = true;
        requestAnimationFrame(() => {
            this.#planned = false;
            this.#drawnAt = performance.now();
            this.#draw();
        });
    }

    /** Draws before the next frame, but not sooner than that long after the last time. */
    paced() {
        if (this.#planned || this.#timer != null) return;
        const wait = this.#drawnAt + PACE_MS - performance.now();
        if (wait <= 0) this.soon();
        else this.#timer = setTimeout(() => this.soon(), wait);
    }
}
