import { shownOf } from './shown.js';

/**
 * Entries of a room by seq, as they came and as they are to be seen. In whichever order they come, they are the same in
 * the end.
 */
export class Entries {
    #came = new Map();
    #amendments = new Amendments();
    #shown = [];

    /** What is to be seen, by seq. Not to be changed. */
    get shown() {
        return this.#shown;
    }

    /** The entry `seq` as it came, or null. */
    get(seq) {
        return this.#came.get(seq) ?? null;
    }

    /** The index of the first that is shown with this seq or a later one. */
    indexOf(seq) {
        let low = 0;
        let high = this.#shown.length;
        if (high > 0 && this.#shown[high - 1].seq < seq) return high;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.#shown[middle].seq < seq) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** Takes an entry in. What was erased once stays so. */
    put(entry) {
        if (this.#came.get(entry.seq)?.type === 'erased') return;
        this.#came.set(entry.seq, entry);
        this.#show(entry.seq);
        if (this.#came.get(entry.seq + 1)?.type === 'erased') this.#show(entry.seq + 1);
        if (entry.type === 'edited' || entry.type === 'deleted') this.amend(entry);
    }

    /** Takes in what is known about an entry that need not be here. */
    amend(amendment) {
        if (this.#amendments.add(amendment)) this.#show(amendment.target);
    }

    /** Forgets all entries but those in `ranges`, and what was said before seq `live` about others. */
    keep(ranges, live) {
        for (const seq of this.#came.keys()) if (!ranges.has(seq)) this.#came.delete(seq);
        this.#shown = this.#shown.filter(({ seq }) => this.#came.has(seq));
        this.#amendments.forget(live, (target) => this.#came.has(target));
        for (const { from } of ranges.toArray()) this.#show(from);
    }

    #show(seq) {
        const entry = this.#came.get(seq);
        if (!entry) return;
        const shown = shownOf(entry, this.#amendments.of(seq), this.#came.get(seq - 1));
        const index = this.indexOf(seq);
        const there = this.#shown[index]?.seq === seq;
        this.#shown.splice(index, there ? 1 : 0, ...(shown ? [shown] : []));
    }
}

/**
 * What was said about entries later, `edited` and `deleted`: of each target the last word alone, whether we have the
 * target or not.
 */
export class Amendments {
    #byTarget = new Map();

    /** Takes one in; true when it is the last word about its target. */
    add(amendment) {
        const known = this.#byTarget.get(amendment.target);
        if (known && known.seq >= amendment.seq) return false;
        this.#byTarget.set(amendment.target, amendment);
        return true;
    }

    /** The last word about the entry `seq`, or null. */
    of(seq) {
        return this.#byTarget.get(seq) ?? null;
    }

    /** Forgets what was said before `seq`, but about targets that are `kept`. */
    forget(seq, kept) {
        for (const [target, amendment] of this.#byTarget) {
            if (amendment.seq < seq && !kept(target)) this.#byTarget.delete(target);
        }
    }
}
