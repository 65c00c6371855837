import { Entries } from './entries.js';
import { Ranges } from './ranges.js';

/** How many entries the first join requests by default. */
export const LAST = 50;

const KEPT = 5_000;
const SLACK = 500;

/**
 * The loaded part of a room's log: ranges of seq. The live range holds what the connection brings, and the history
 * loaded before it. Others begin where the user has jumped to, and grow by pages of history until they meet the next;
 * what lies between is not loaded. The content depends on which events and pages arrived, not on how often or in which
 * order within an epoch.
 */
export class Timeline {
    epoch = null;
    /** The highest known seq. */
    head = 0;
    #entries = new Entries();
    #known = new Ranges();
    #heard = new Ranges();
    #floor = null;
    #cut = 0;
    #beginning = 1;
    #oldestPage = Infinity;
    #kept = KEPT;

    /** How often the user has reacted here since the page was loaded. */
    wished = 0;

    /** `last`: how many entries the join requests; 0 means only what comes after the join. */
    constructor(last) {
        this.last = last ?? LAST;
    }

    /** All displayed entries, by seq, of all ranges. Not to be modified. */
    get entries() {
        return this.#entries.shown;
    }

    /** Returns the index of the first of `entries` with this seq or a later one. */
    indexOf(seq) {
        return this.#entries.indexOf(seq);
    }

    /** Returns the displayed entry at `seq`; null if it is not loaded or not displayed. */
    at(seq) {
        const entry = this.entries[this.indexOf(seq)];
        return entry?.seq === seq ? entry : null;
    }

    /** Returns the number of messages up to and including `seq`; null if that entry is not loaded. */
    nAt(seq) {
        const known = this.#entries.get(seq);
        if (known || !this.#known.has(seq)) return known?.n ?? null;
        // Within a page that leaves reactions out, as they do not count.
        const before = this.entries[this.indexOf(seq) - 1];
        return before && this.rangeOf(before.seq)?.to >= seq ? before.n : null;
    }

    /** Where to resume after an interruption, or null if there is nothing to resume. */
    get position() {
        if (this.epoch == null || this.#floor == null) return null;
        return { epoch: this.epoch, after: this.#heard.rangeOf(this.#floor + 1)?.to ?? this.#floor };
    }

    /** True when expected entries are missing: the client should join again from `position`. */
    get hasGap() {
        const newest = this.#heard.toArray().at(-1);
        return newest != null && newest.to > this.position.after;
    }

    /**
     * The live range, which grows with new events, `{from, to, begins, ends}` as from `rangeOf`; null before anything
     * arrived. Empty (`to` is `from` − 1) if only future entries were requested.
     */
    get live() {
        const after = this.position?.after;
        if (after == null) return null;
        return this.#shape(
            this.#known.rangeOf(after) ?? this.#known.rangeOf(after + 1) ?? { from: after + 1, to: after },
            after,
        );
    }

    /**
     * Returns the range that contains `seq`, or null: `begins` if nothing precedes it, `ends` if nothing after it can
     * be loaded.
     */
    rangeOf(seq) {
        const range = this.#known.rangeOf(seq);
        return range ? this.#shape(range, this.position?.after) : null;
    }

    /** True when this entry need not be waited for: it is loaded, it will not come, or it precedes the join. */
    knows(seq) {
        return this.#known.has(seq) || (this.#floor != null && seq <= this.#floor);
    }

    /** The user reacts to a message, `{seq, emoji, on, user}`: its `reactions` have that until it is settled. */
    wish(wish) {
        this.wished++;
        this.#entries.wish(wish);
    }

    /** The wish is done by the entry `seq`, or will not be done (absent). */
    settle(wish, seq) {
        this.#entries.settle(wish, seq);
    }

    /** Applies an event of this room; true when that changed anything. */
    apply(event) {
        if (event.type === 'joined') return this.#joined(event);
        if (event.type === 'reset') return this.#reset(event);
        if (event.type === 'gap') return this.#gap(event);
        return Number.isSafeInteger(event.seq) && event.seq > this.#cut && this.#entry(event);
    }

    /**
     * Adds a page of history that was requested with `{before}` or `{after}`; false if it does not fit the loaded
     * ranges.
     */
    take({ epoch, head, entries, amends, gap }, { before, after }) {
        if (this.epoch == null) this.#begin(epoch);
        if (epoch !== this.epoch || head < (this.live?.from ?? 0) - 1) return false;
        if (this.#floor == null) this.#oldestPage = Math.min(this.#oldestPage, head);
        this.head = Math.max(this.head, head);
        if (gap) this.#beginning = Math.max(this.#beginning, gap.to + 1);
        if (entries.length === 0) {
            if (before != null) this.#beginning = Math.max(this.#beginning, before);
            return true;
        }
        const from = before == null ? Math.max(after, gap?.to ?? 0) + 1 : entries[0].seq;
        this.#known.add(from, before == null ? entries.at(-1).seq : Math.min(before - 1, head));
        for (const entry of entries) this.#entries.put(entry);
        const isReactions = ({ type }) => type === 'reactions';
        for (const amendment of amends ?? []) if (!isReactions(amendment)) this.#entries.amend(amendment);
        this.#entries.reactions(entries, (amends ?? []).filter(isReactions), head);
        this.#makeRoom(from);
        return true;
    }

    #joined({ epoch, head }) {
        const anew = epoch !== this.epoch && this.#begin(epoch);
        this.head = Math.max(this.head, head);
        if (this.#floor == null && (head === 0 || this.last === 0)) {
            this.#startAfter(head);
            this.#cut = head;
        }
        return anew;
    }

    /** Resets the log; a repeated reset changes nothing. */
    #reset({ epoch, head }) {
        return !(epoch === this.epoch && head >= (this.position?.after ?? 0)) && this.#begin(epoch);
    }

    #begin(epoch) {
        this.epoch = epoch;
        this.head = 0;
        this.#entries = new Entries();
        this.#known.clear();
        this.#heard.clear();
        this.#floor = null;
        this.#cut = 0;
        this.#beginning = 1;
        this.#oldestPage = Infinity;
        this.#kept = KEPT;
        return true;
    }

    /** Drops the earlier entries: the missing ones may include edits of them. */
    #gap({ from, to }) {
        if (!(from <= to && to > this.#cut)) return false;
        this.#cut = this.#floor = to;
        this.head = Math.max(this.head, to);
        this.#forget(0, to);
        return true;
    }

    #entry(event) {
        this.#startAfter(event.seq - 1);
        this.head = Math.max(this.head, event.seq);
        if (this.#heard.has(event.seq)) return false;
        this.#heard.add(event.seq);
        this.#known.add(event.seq);
        this.#entries.put(event);
        this.#trim();
        return true;
    }

    /**
     * The connection brings what follows `seq`. A page loaded before the join must reach up to here: otherwise edits
     * are missing.
     */
    #startAfter(seq) {
        if (this.#floor != null && this.#floor <= seq) return;
        if (this.#oldestPage < seq) this.#forget(0, seq);
        this.#oldestPage = Infinity;
        this.#floor = seq;
    }

    #trim() {
        const { from, to } = this.live;
        if (to - from < this.#kept + SLACK) return;
        this.#cut = this.#floor = to - this.#kept;
        this.#forget(from, this.#cut);
    }

    /** Drops far ranges once there are many, except the one that was just requested. */
    #makeRoom(asked) {
        const { live } = this;
        if (live) this.#kept = Math.max(this.#kept, live.to - live.from + KEPT);
        const far = this.#known
            .toArray()
            .filter(({ from, to }) => from !== live?.from && !(from <= asked && asked <= to));
        if (far.reduce((sum, { from, to }) => sum + to - from, 0) < KEPT) return;
        for (const { from, to } of far) this.#forget(from, to);
    }

    #forget(from, to) {
        this.#known.remove(from, to);
        this.#heard.remove(from, to);
        this.#entries.keep(this.#known, this.live?.from ?? 0);
    }

    #shape({ from, to }, after) {
        const live = after != null && from <= after + 1 && after <= to;
        return { from, to, begins: from <= this.#beginning, ends: live || to >= this.head };
    }
}
