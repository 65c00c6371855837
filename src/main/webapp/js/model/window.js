const RESTING = 150;
const MOST = 280;
const STEP = 70;

/**
 * Which part of a long room is on the page: never more than 280 entries. It either follows the end, or rests where the
 * reader is and is moved in steps. Kept by seq, so that entries may come and go around it.
 */
export class Window {
    following = true;
    #from = 0;
    #to = 0;
    #open = true;

    /** The entries to show. */
    slice(timeline) {
        const entries = timeline.entries;
        if (entries.length === 0) return [];
        if (this.following) return this.#keep(entries, entries.length - RESTING, entries.length);
        const start = timeline.indexOf(this.#from);
        const end = this.#open ? entries.length : timeline.indexOf(this.#to + 1);
        return this.#keep(entries, start, Math.min(end, start + MOST));
    }

    /** Stays where it is while messages come; below there is room for some before it stops growing. */
    rest() {
        this.following = false;
    }

    /** Goes to the end and stays there. */
    follow() {
        this.following = true;
        this.#open = true;
    }

    /** Shows more of what was before; true when there was more. */
    earlier(timeline) {
        const start = timeline.indexOf(this.#from);
        if (this.following || start === 0) return false;
        const end = timeline.indexOf(this.#to + 1);
        const from = Math.max(0, start - STEP);
        this.#keep(timeline.entries, from, Math.min(end, from + MOST));
        return true;
    }

    /** Shows more of what came after; true when there was more. */
    later(timeline) {
        const end = timeline.indexOf(this.#to + 1);
        if (this.following || end >= timeline.entries.length) return false;
        const to = Math.min(timeline.entries.length, end + STEP);
        this.#keep(timeline.entries, Math.max(timeline.indexOf(this.#from), to - MOST), to);
        return true;
    }

    /** True when the last entry is shown. */
    endsAt(timeline) {
        return this.following || timeline.indexOf(this.#to + 1) >= timeline.entries.length;
    }

    #keep(entries, start, end) {
        const shown = entries.slice(Math.max(0, start), end);
        this.#from = shown[0]?.seq ?? 0;
        this.#to = shown.at(-1)?.seq ?? 0;
        this.#open = end >= entries.length && shown.length < MOST;
        return shown;
    }
}
