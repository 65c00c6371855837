const LONG_MS = 450;
/** How far a finger may move and still press. */
const STILL_PX = 10;
const SWIPED_PX = 56;
const FARTHEST_PX = 72;

/**
 * Recognises what fingers do to a message: a long press, and a swipe to the right. A tap does nothing, and a link or
 * code that scrolls keeps what the browser does with it.
 */
export class Touch {
    #pressed;
    #swiped;
    #touch = null;

    /** `pressed(message)` and `swiped(message)` are called with the node of the message in `view`. */
    constructor(view, { pressed, swiped }) {
        this.#pressed = pressed;
        this.#swiped = swiped;
        view.addEventListener('pointerdown', (event) => this.#down(event));
        view.addEventListener('pointermove', (event) => this.#move(event));
        view.addEventListener('pointerup', () => this.#up());
        view.addEventListener('pointercancel', () => this.#end());
        view.addEventListener('contextmenu', (event) => this.#touch?.timer != null && event.preventDefault());
    }

    #down({ target, pointerType, isPrimary, clientX: x, clientY: y }) {
        this.#end();
        const message = target.closest('li.message');
        if (pointerType !== 'touch' || !isPrimary || !message || target.closest('a, button:not(.pill)')) return;
        const timer = setTimeout(() => {
            this.#end();
            this.#pressed(message);
        }, LONG_MS);
        this.#touch = { message, x, y, timer, by: 0, scrolls: target.closest('pre') != null };
    }

    #move({ clientX, clientY }) {
        const touch = this.#touch;
        if (!touch) return;
        const [dx, dy] = [clientX - touch.x, clientY - touch.y];
        if (touch.by === 0 && Math.hypot(dx, dy) <= STILL_PX) return;
        clearTimeout(touch.timer);
        if (touch.scrolls || (touch.by === 0 && dx < 2 * Math.abs(dy))) return this.#end();
        touch.by = Math.max(1, Math.min(dx, FARTHEST_PX));
        touch.message.style.transform = `translateX(${touch.by}px)`;
        touch.message.classList.toggle('swiped', touch.by >= SWIPED_PX);
    }

    #up() {
        const { message, by } = this.#touch ?? {};
        this.#end();
        if (by >= SWIPED_PX) this.#swiped(message);
    }

    #end() {
        if (!this.#touch) return;
        const { message, timer } = this.#touch;
        clearTimeout(timer);
        message.style.transform = '';
        message.classList.remove('swiped');
        this.#touch = null;
    }
}
