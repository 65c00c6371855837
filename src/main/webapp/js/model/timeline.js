import { Ranges } from './ranges.js';

const KEPT = 5_000;
const SLACK = 500;

/**
 * What we have of a room's log, by seq. `apply` may see an event twice, late, or mixed with others: what it then holds
 * depends on which events came, not on how often or in which order within an epoch. Holds some 5,000 entries, and what
 * was asked for of history.
 */
export class Timeline {
    epoch = null;
    head = 0;
    #entries = [];
    #known = new Ranges();
    #gone = new Ranges();
    #floor = null;
    #last;
    #kept = KEPT;

    /** `last`: how many entries the room is joined with; 0 means that only what comes after the join is wanted. */
    constructor(last = 50) {
        this.#last = last;
    }

    /** The messages, oldest first. Not to be changed. */
    get entries() {
        return this.#entries;
    }

    /** Where to go on reading after an interruption, or null when there is nothing to go on from. */
    get position() {
        if (this.epoch === null || this.#floor === null) return null;
        return { epoch: this.epoch, after: this.#known.rangeOf(this.#floor + 1)?.to ?? this.#floor };
    }

    /** True when entries are missing between what we have: the reader should join again from `position`. */
    get torn() {
        const newest = this.#known.toArray().at(-1);
        return newest !== undefined && this.position !== null && newest.to > this.position.after;
    }

    /** The seq of the first entry that we have, or that is to come. */
    get first() {
        return (this.#floor ?? this.head) + 1;
    }

    /** True when there is nothing before what we have. */
    get complete() {
        return this.#floor === 0;
    }

    /** The ranges the server will not send, between the entries `from` and `to`. */
    gapsBetween(from, to) {
        return this.#gone.within(from, to);
    }

    /** The index of the first entry with this seq or a later one. */
    indexOf(seq) {
        let low = 0;
        let high = this.#entries.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.#entries[middle].seq < seq) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** True when this entry need not be waited for: we have it, it will not come, or it was before our time. */
    knows(seq) {
        return this.#known.has(seq) || (this.#floor !== null && seq <= this.#floor);
    }

    /** Takes an event of this room in; true when that changed anything. */
    apply(event) {
        if (event.type === 'joined') return this.#joined(event);
        if (event.type === 'reset') return this.#reset(event);
        if (event.type === 'gap') return this.#gap(event);
        return Number.isSafeInteger(event.seq) && event.seq > 0 && this.#entry(event);
    }

    /** Puts a page of history before what we have: the entries right before seq `before`. */
    prepend({ epoch, entries }, before) {
        if (epoch !== this.epoch || before !== this.first) return;
        this.#kept = Math.max(this.#kept, this.#entries.length + entries.length + KEPT);
        for (const entry of entries) this.#entry(entry);
        this.#floor = entries.length > 0 ? entries[0].seq - 1 : 0;
        if (this.#floor + 1 < before) this.#known.add(this.#floor + 1, before - 1);
    }

    /** Puts a page of history into the gaps it belongs to. */
    fill({ epoch, entries }) {
        if (epoch !== this.epoch) return;
        for (const entry of entries) this.#entry(entry);
    }

    #joined({ epoch, head }) {
        const anew = epoch !== this.epoch && this.#begin(epoch, head);
        this.head = Math.max(this.head, head);
        if (this.#floor === null && (head === 0 || this.#last === 0)) this.#floor = head;
        return anew;
    }

    /** A second word about a reset we know of changes nothing. */
    #reset({ epoch, head }) {
        return !(epoch === this.epoch && head >= (this.position?.after ?? 0)) && this.#begin(epoch, head);
    }

    #begin(epoch, head) {
        this.epoch = epoch;
        this.head = head;
        this.#entries = [];
        this.#known.clear();
        this.#gone.clear();
        this.#floor = null;
        this.#kept = KEPT;
        return true;
    }

    #gap({ from, to }) {
        if (!(from <= to)) return false;
        this.#startAt(from);
        this.#known.add(from, to);
        this.#gone.add(from, to);
        for (const entry of this.#entries.slice(this.indexOf(from), this.indexOf(to + 1))) this.#gone.remove(entry.seq);
        return true;
    }

    #entry(event) {
        this.#startAt(event.seq);
        const fresh = !this.#known.has(event.seq) || this.#gone.has(event.seq);
        this.#known.add(event.seq);
        this.#gone.remove(event.seq);
        this.head = Math.max(this.head, event.seq);
        if (event.type !== 'message' || !fresh) return false;
        this.#entries.splice(this.indexOf(event.seq), 0, event);
        this.#trim();
        return true;
    }

    #startAt(seq) {
        if (this.#floor === null) this.#floor = seq - 1;
    }

    #trim() {
        if (this.#entries.length <= this.#kept + SLACK) return;
        this.#entries = this.#entries.slice(-this.#kept);
        const oldest = this.#entries[0].seq;
        this.#known.remove(0, oldest - 1);
        this.#gone.remove(0, oldest - 1);
        this.#floor = Math.max(this.#floor, oldest - 1);
    }
}
