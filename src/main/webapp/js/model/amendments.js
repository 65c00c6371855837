/** What was said about entries later, `edited` and `deleted`: of each target the last word alone, whether we have the target or not. */
export class Amendments {
    #byTarget = new Map();

    /** Takes one in; true when it is the last word about its target. */
    add(amendment) {
        const known = this.#byTarget.get(amendment.target);
        if (known && known.seq >= amendment.seq) return false;
        this.#byTarget.set(amendment.target, amendment);
        return true;
    }

    /** The last word about the entry `seq`, or absent. */
    of(seq) {
        return this.#byTarget.get(seq);
    }

    /** Forgets what was said before `seq`, but about targets that are `kept`. */
    forget(seq, kept) {
        for (const [target, amendment] of this.#byTarget) {
            if (amendment.seq < seq && !kept(target)) this.#byTarget.delete(target);
        }
    }
}
