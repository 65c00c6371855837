const PAGE = 100;
const NEAR = 20;

/**
 * Loads over HTTP what the connection did not bring: pages before and after a loaded range, the entries around a seq,
 * and single ones. A room loads one page next to a range at a time.
 */
export class HistoryLoader {
    #http;
    #changed;
    #singles = new Map();

    /** `changed(room)` is called when there is something new to show. */
    constructor({ http, changed }) {
        this.#http = http;
        this.#changed = changed;
    }

    /** Loads a page before the range that contains `seq`. */
    async earlier(room, seq) {
        const range = rangeAt(room, seq);
        if (room.reading || !range || range.begins) return;
        await this.#read(room, 'earlier', { before: range.from, limit: PAGE });
    }

    /** Loads a page after the range that contains `seq`. */
    async later(room, seq) {
        const range = rangeAt(room, seq);
        if (room.reading || !range || range.ends) return;
        await this.#read(room, 'later', { after: range.to, limit: PAGE });
    }

    /** Loads the entries around `seq`, unless they are there; true when `seq` is there now. */
    async around(room, seq) {
        const query = { after: Math.max(0, seq - PAGE / 2 - 1), limit: PAGE };
        if (!hasAround(room, seq)) await this.#read(room, 'around', query);
        if (room.timeline.rangeOf(query.after + 1)?.to < seq && seq <= room.timeline.head) {
            // Long messages: the page ended before it.
            await this.#read(room, 'around', { after: seq - 1, limit: PAGE });
        }
        return room.timeline.rangeOf(seq) != null;
    }

    /**
     * Returns the entry at `seq` as displayed, or null if there is none; throws a `ChatError`. An erased entry is only
     * recognised beside the entry before it.
     */
    async entry(room, seq) {
        const { timeline } = room;
        if (timeline.rangeOf(seq)) return timeline.at(seq) ?? null;
        const key = `${room.name}/${seq}`;
        if (!this.#singles.has(key)) {
            const reading = this.#fetch(room, { after: Math.max(0, seq - 2), limit: 2 }).finally(() =>
                this.#singles.delete(key),
            );
            this.#singles.set(key, reading);
        }
        if (await this.#singles.get(key)) this.#changed(room);
        return timeline.at(seq) ?? null;
    }

    /** Loads a page; true when it was added. A page that is older than the loaded entries is requested again. */
    async #read(room, what, query) {
        this.#setReading(room, what, null);
        let failed = null;
        try {
            if (!(await this.#fetch(room, query)) && !(await this.#fetch(room, query))) failed = 'stale';
        } catch (fault) {
            failed = fault.code ?? 'internal';
            console.warn('History could not be read.', fault);
        }
        if (room.reading === what) this.#setReading(room, null, failed);
        else this.#changed(room);
        return failed == null;
    }

    async #fetch(room, query) {
        const page = await this.#http.get(`rooms/${room.name}/messages`, query);
        return room.timeline.take(page, query);
    }

    #setReading(room, reading, failed) {
        room.reading = reading;
        room.readingFailed = failed;
        this.#changed(room);
    }
}

function rangeAt({ timeline }, seq) {
    return seq == null ? timeline.live : timeline.rangeOf(seq);
}

function hasAround({ timeline }, seq) {
    const range = timeline.rangeOf(seq);
    return range != null && (range.begins || seq - range.from >= NEAR) && (range.ends || range.to - seq >= NEAR);
}
