const AT_END_PX = 32;
const NEAR_PX = 600;

/**
 * Keeps the scroll position: at the end, or at the first visible message, whatever appears, disappears or changes its
 * size above or below. The style sheet turns the browser's own scroll anchoring off: not all browsers have it, and the
 * two would conflict.
 */
export class Scroller {
    #view;
    #list;
    #held = null;
    #ends = true;
    #putTo = 0;
    onMoved = () => {};

    constructor(view, list) {
        this.#view = view;
        this.#list = list;
        view.addEventListener('scroll', () => this.#scrolled(), { passive: true });
        const sizes = new ResizeObserver(() => this.#restore());
        sizes.observe(view);
        sizes.observe(list);
    }

    get atEnd() {
        return this.#view.scrollHeight - this.#view.scrollTop - this.#view.clientHeight < AT_END_PX;
    }

    get nearTop() {
        return this.#view.scrollTop < NEAR_PX;
    }

    get nearEnd() {
        return this.#view.scrollHeight - this.#view.scrollTop - this.#view.clientHeight < NEAR_PX;
    }

    /** Makes `change` and restores the position: the end when `ends`, otherwise what the user was reading. */
    keep(ends, change) {
        this.#ends = ends;
        this.#held = ends ? null : this.#firstInSight();
        change();
        this.#restore();
    }

    /** Scrolls `node` to a position in the view (0 is the top, 1 the bottom), and keeps it there. */
    show(node, share) {
        this.#ends = false;
        const { height } = node.getBoundingClientRect();
        const room = Math.max(0, this.#view.clientHeight - height) * share;
        this.#view.scrollTop += this.#bottomOf(node) - height - room;
        this.#held = { node, bottom: this.#bottomOf(node) };
    }

    /**
     * Handles a scroll. A position below the last one set here is not the user's: the view has shrunk, and is about to
     * be corrected.
     */
    #scrolled() {
        if (this.#ends && this.#view.scrollTop >= this.#putTo) return;
        this.#ends = this.atEnd;
        this.#held = this.#ends ? null : this.#firstInSight();
        this.onMoved();
    }

    #restore() {
        if (this.#ends) this.#toEnd();
        else if (this.#held) this.#putBack(this.#held);
    }

    #toEnd() {
        this.#view.scrollTop = this.#view.scrollHeight;
        this.#putTo = this.#view.scrollTop;
    }

    #putBack({ node, bottom }) {
        const same = node.isConnected ? node : [...this.#list.children].find((other) => other.row.key === node.row.key);
        if (same) this.#view.scrollTop += this.#bottomOf(same) - bottom;
    }

    /**
     * Returns the first visible message, by its bottom edge: its heading may go when a message of the same person is
     * inserted before it.
     */
    #firstInSight() {
        for (const node of this.#list.children) {
            const bottom = this.#bottomOf(node);
            if (bottom > 0 && node.classList.contains('message')) return { node, bottom };
        }
        return null;
    }

    #bottomOf(node) {
        return node.getBoundingClientRect().bottom - this.#view.getBoundingClientRect().top;
    }
}
