import { Reactions } from './reactions.js';
import { shownOf } from './shown.js';

/**
 * The entries of a room by seq, as received and as displayed. The result does not depend on the order in which they
 * arrive.
 */
export class Entries {
    #came = new Map();
    #amendments = new Amendments();
    #reactions = new Reactions();
    #awaited = new Map();
    #shown = [];
    /** The messages with reactions that are not shown yet: that is done once for many of them. */
    #stale = new Set();

    /** The displayed entries, by seq. Not to be modified. */
    get shown() {
        for (const seq of this.#stale) this.#show(seq);
        this.#stale.clear();
        return this.#shown;
    }

    /** Returns the entry `seq` as received, or null. */
    get(seq) {
        return this.#came.get(seq) ?? null;
    }

    /** Returns the index of the first displayed entry with this seq or a later one. */
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

    /** Adds an entry. An erased entry stays erased. */
    put(entry) {
        if (this.#came.get(entry.seq)?.type === 'erased') return;
        this.#came.set(entry.seq, entry);
        this.#show(entry.seq);
        if (this.#came.get(entry.seq + 1)?.type === 'erased') this.#show(entry.seq + 1);
        if (entry.type === 'edited' || entry.type === 'deleted') this.amend(entry);
        if (entry.type === 'reacted') this.#reacted(entry);
        for (const wish of this.#awaited.get(entry.seq) ?? []) this.settle(wish);
        this.#awaited.delete(entry.seq);
    }

    /** Adds what a page of history, read at `head`, says of the reactions to the messages in it. */
    reactions(entries, items, head) {
        const of = new Map(items.map((item) => [item.seq, item.of]));
        for (const { seq, type } of entries) {
            if (type !== 'message') continue;
            this.#reactions.take(seq, head, of.get(seq) ?? null);
            this.#show(seq);
        }
    }

    /** The user wants to react: shows it. */
    wish(wish) {
        this.#reactions.wish(wish);
        this.#show(wish.seq);
    }

    /** A wish is over: when the entry `at` is here, or now (absent). */
    settle(wish, at) {
        if (at != null && !this.#came.has(at)) {
            this.#awaited.set(at, [...(this.#awaited.get(at) ?? []), wish]);
        } else if (this.#reactions.settle(wish)) this.#show(wish.seq);
    }

    /** Adds an amendment to an entry that need not be loaded. */
    amend(amendment) {
        if (this.#amendments.add(amendment)) this.#show(amendment.target);
    }

    /** Drops all entries outside `ranges`, and amendments from before seq `live` to others. */
    keep(ranges, live) {
        for (const seq of this.#came.keys()) if (!ranges.has(seq)) this.#came.delete(seq);
        this.#shown = this.#shown.filter(({ seq }) => this.#came.has(seq));
        this.#amendments.forget(live, (target) => this.#came.has(target));
        this.#reactions.forget(live, (target) => this.#came.has(target));
        for (const { from } of ranges.toArray()) this.#show(from);
    }

    #reacted(entry) {
        this.#reactions.add(entry);
        this.#stale.add(entry.target);
    }

    #show(seq) {
        const entry = this.#came.get(seq);
        if (!entry) return;
        let shown = shownOf(entry, this.#amendments.of(seq), this.#came.get(seq - 1));
        const reactions = shown?.type === 'message' ? this.#reactions.of(seq) : [];
        if (reactions.length > 0) shown = { ...shown, reactions };
        const index = this.indexOf(seq);
        const there = this.#shown[index]?.seq === seq;
        this.#shown.splice(index, there ? 1 : 0, ...(shown ? [shown] : []));
    }
}

/** The amendments, `edited` and `deleted`: only the last one for each target, whether the target is loaded or not. */
export class Amendments {
    #byTarget = new Map();

    /** Adds an amendment; true when it is the last one for its target. */
    add(amendment) {
        const known = this.#byTarget.get(amendment.target);
        if (known && known.seq >= amendment.seq) return false;
        this.#byTarget.set(amendment.target, amendment);
        return true;
    }

    /** Returns the last amendment to the entry `seq`, or null. */
    of(seq) {
        return this.#byTarget.get(seq) ?? null;
    }

    /** Drops amendments from before `seq`, except those to `kept` targets. */
    forget(seq, kept) {
        for (const [target, amendment] of this.#byTarget) {
            if (amendment.seq < seq && !kept(target)) this.#byTarget.delete(target);
        }
    }
}
