const RESTING = 150;
const MOST = 280;
const STEP = 70;

/**
 * The part of a long room on the page: at most 280 entries, and never across what is not loaded. It follows the end, or
 * rests where the user is and moves in steps. It is kept by seq, so that entries may come and go around it.
 */
export class Viewport {
    following = true;
    #from = 0;
    #to = 0;
    #open = true;
    #goal = null;

    /** Returns the entries to show. */
    slice(timeline) {
        const range = this.range(timeline);
        if (!range) return [];
        const [low, high] = boundsOf(range, timeline);
        if (this.following) return this.#keep(timeline, this.#startAtEnd(timeline, low, high), high, high);
        if (this.#goal != null) {
            const middle = timeline.indexOf(this.#goal);
            return this.#keep(
                timeline,
                Math.max(low, middle - RESTING / 2),
                Math.min(high, middle + RESTING / 2),
                high,
            );
        }
        const start = Math.max(low, timeline.indexOf(this.#from));
        const end = this.#open ? high : Math.min(high, timeline.indexOf(this.#to + 1));
        return this.#keep(timeline, start, Math.min(end, start + MOST), high);
    }

    /** Returns all entries that are loaded around those shown. */
    whole(timeline) {
        const range = this.range(timeline);
        return range ? timeline.entries.slice(...boundsOf(range, timeline)) : [];
    }

    /** Returns the range of the timeline that it shows a part of; null if that is not loaded. */
    range(timeline) {
        if (this.#goal != null) return timeline.rangeOf(this.#goal);
        if (this.following || this.#to === 0) return timeline.live;
        return timeline.rangeOf(this.#to) ?? timeline.rangeOf(this.#from);
    }

    /** Returns the seq around which history must be loaded before anything can be shown; null if that is not needed. */
    lost(timeline) {
        const place = this.#goal ?? (this.following || this.#to === 0 ? null : this.#from);
        return place == null || this.range(timeline) ? null : place;
    }

    /** Stays in place while messages arrive; it grows downwards to a limit. */
    rest() {
        this.following = false;
    }

    /** Goes to the end and follows it. */
    follow() {
        this.following = true;
        this.#goal = null;
        this.#open = true;
    }

    /** Rests around `seq`. */
    goTo(seq) {
        this.following = false;
        this.#goal = seq;
    }

    /** Shows earlier entries; true if there were any. */
    earlier(timeline) {
        const range = this.range(timeline);
        if (this.following || !range) return false;
        const [low, high] = boundsOf(range, timeline);
        const start = timeline.indexOf(this.#from);
        if (start <= low) return false;
        const from = Math.max(low, start - STEP);
        this.#keep(timeline, from, Math.min(timeline.indexOf(this.#to + 1), from + MOST), high);
        return true;
    }

    /** Shows later entries; true if there were any. */
    later(timeline) {
        const range = this.range(timeline);
        if (this.following || !range) return false;
        const [low, high] = boundsOf(range, timeline);
        const end = timeline.indexOf(this.#to + 1);
        if (end >= high) return false;
        const to = Math.min(high, end + STEP);
        this.#keep(timeline, Math.max(low, timeline.indexOf(this.#from), to - MOST), to, high);
        return true;
    }

    /** True when the latest entry is shown. */
    endsAt(timeline) {
        const { live } = timeline;
        if (this.following) return true;
        if (!live) return !this.range(timeline); // a message that is known before its room is joined is no end
        return (
            this.range(timeline)?.from === live.from && timeline.indexOf(this.#to + 1) >= timeline.indexOf(live.to + 1)
        );
    }

    /** At the end, the first ones go several at a time: to take one away changes what stands above the next one. */
    #startAtEnd(timeline, low, high) {
        const last = Math.max(low, high - RESTING);
        const start = Math.max(low, timeline.indexOf(this.#from));
        return start < last && high - start <= RESTING + STEP ? start : last;
    }

    #keep(timeline, start, end, high) {
        const shown = timeline.entries.slice(start, end);
        if (shown.length === 0) return shown;
        this.#from = shown[0].seq;
        this.#to = shown.at(-1).seq;
        this.#goal = null;
        this.#open = end >= high && shown.length < MOST;
        return shown;
    }
}

/** Returns the indexes of a range's first entry, and of the first one after it. */
function boundsOf({ from, to }, timeline) {
    return [timeline.indexOf(from), timeline.indexOf(to + 1)];
}
