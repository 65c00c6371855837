const AT_END_PX = 32;
const NEAR_PX = 600;

/**
 * Keeps the scroll position: at the end, or at the first visible message, whatever appears, disappears or changes its
 * size above or below. The style sheet turns the browser's own scroll anchoring off: not all browsers have it, and the
 * two would conflict. To read or write the position before the browser has laid out what was drawn makes it do that
 * again and again: so at the end, the position is read and written once in a frame, when that is done.
 */
export class Scroller {
    #view;
    #list;
    #held = null;
    #ends = true;
    #putTo = 0;
    /** The sizes at the last look: `top` is above the view, `below` is below it. */
    #seen = { top: 0, below: 0 };
    onMoved = () => {};
    /** Called when the size of anything has changed, and the position is right again. */
    onSettled = () => {};

    constructor(view, list) {
        this.#view = view;
        this.#list = list;
        view.addEventListener('scroll', () => this.#scrolled(), { passive: true });
        const sizes = new ResizeObserver(() => {
            this.#restore();
            this.onSettled();
        });
        for (const node of [view, ...view.children]) sizes.observe(node);
    }

    get atEnd() {
        return this.#seen.below < AT_END_PX;
    }

    get nearTop() {
        return this.#seen.top < NEAR_PX;
    }

    get nearEnd() {
        return this.#seen.below < NEAR_PX;
    }

    /**
     * Makes `change` and restores the position: the end when `ends`, otherwise what the user was reading. Who was at
     * the end and stays there is there when the browser has laid out the change.
     */
    keep(ends, change) {
        const stays = ends && this.#ends;
        this.#ends = ends;
        this.#held = ends ? null : this.#firstInSight();
        change();
        if (!stays) this.#restore();
    }

    /** Looks where the view is now. */
    look() {
        const { scrollTop, scrollHeight, clientHeight } = this.#view;
        this.#seen = { top: scrollTop, below: scrollHeight - scrollTop - clientHeight };
    }

    /** Scrolls `node` to a position in the view (0 is the top, 1 the bottom), and keeps it there. */
    show(node, share) {
        this.#ends = false;
        const { height } = node.getBoundingClientRect();
        const room = Math.max(0, this.#view.clientHeight - height) * share;
        this.#view.scrollTop += this.#bottomOf(node) - height - room;
        this.#held = { node, bottom: this.#bottomOf(node) };
        this.look();
    }

    /** The first visible message and its place in the view, `{seq, bottom}`; null at the end. */
    get place() {
        const { node, bottom } = (this.#ends ? null : this.#firstInSight()) ?? {};
        const seq = node?.row.entry?.seq;
        return seq == null ? null : { seq, bottom };
    }

    /** Scrolls so that the bottom edge of `node` is `bottom` below the top of the view, and keeps it there. */
    put(node, bottom) {
        this.#ends = false;
        this.#held = { node, bottom };
        this.#restore();
    }

    /**
     * Handles a scroll. A position below the last one set here is not the user's: the view has shrunk, and is about to
     * be corrected.
     */
    #scrolled() {
        this.look();
        if (this.#ends && this.#seen.top >= this.#putTo) return;
        this.#ends = this.atEnd;
        this.#held = this.#ends ? null : this.#firstInSight();
        this.onMoved();
    }

    #restore() {
        if (this.#ends) this.#toEnd();
        else if (this.#held) this.#putBack(this.#held);
        this.look();
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
        const nodes = this.#list.children;
        let low = 0;
        let high = nodes.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.#bottomOf(nodes[middle]) > 0) high = middle;
            else low = middle + 1;
        }
        while (low < nodes.length && !nodes[low].classList.contains('message')) low++;
        return low < nodes.length ? { node: nodes[low], bottom: this.#bottomOf(nodes[low]) } : null;
    }

    #bottomOf(node) {
        return node.getBoundingClientRect().bottom - this.#view.getBoundingClientRect().top;
    }
}
