const AT_END_PX = 32;
const NEAR_PX = 600;

/**
 * Holds the reader's place: at the end, or at the first message in sight, whatever comes, goes or changes its size
 * above or below. The browser's own anchoring is switched off in the style sheet: not all browsers have it, and two
 * would fight.
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

    /** Makes `change` and puts the reader back: to the end when `ends`, else to what they were reading. */
    keep(ends, change) {
        this.#ends = ends;
        this.#held = ends ? null : this.#firstInSight();
        change();
        this.#restore();
    }

    /** Puts `node` so far down the view (0 to 1), and holds it there. */
    show(node, share) {
        this.#ends = false;
        const { height } = node.getBoundingClientRect();
        const room = Math.max(0, this.#view.clientHeight - height) * share;
        this.#view.scrollTop += this.#bottomOf(node) - height - room;
        this.#held = { node, bottom: this.#bottomOf(node) };
    }

    /** Below where we put it nobody has scrolled: the view has become smaller since, and is about to be put right. */
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

    /** Held at its lower edge: its heading may go when a message of the same person comes before it. */
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
