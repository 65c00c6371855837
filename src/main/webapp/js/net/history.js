const PAGE = 100;

/** Reads over HTTP what the connection did not bring: what was said before, and what lies in a gap. One request a room. */
export class History {
    #url;
    #fetch;
    #changed;

    /** `url` is that of the WebSocket; `changed(room)` is called when there is something new to show. */
    constructor({ url, fetch, changed }) {
        this.#url = url;
        this.#fetch = fetch;
        this.#changed = changed;
    }

    /** A page of what was said before the first entry we have. */
    earlier(room) {
        const before = room.timeline.first;
        return this.#read(room, { before, limit: PAGE }, (page) => room.timeline.prepend(page, before));
    }

    /** What a gap hides, or the first page of it. */
    fill(room, { from, to }) {
        const limit = Math.min(5 * PAGE, to - from + 1);
        return this.#read(room, { after: from - 1, limit }, (page) => room.timeline.fill(page));
    }

    async #read(room, query, take) {
        if (room.reading) return;
        this.#say(room, true, false);
        try {
            const response = await this.#fetch(this.#address(room, query));
            if (!response.ok) throw new Error(`HTTP ${response.status}`);
            take(await response.json());
            this.#say(room, false, false);
        } catch (fault) {
            console.warn('History could not be read.', fault);
            this.#say(room, false, true);
        }
    }

    #say(room, reading, failed) {
        room.reading = reading;
        room.readingFailed = failed;
        this.#changed(room);
    }

    #address(room, query) {
        const url = new URL(`api/rooms/${room.name}/messages?${new URLSearchParams(query)}`, this.#url);
        url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
        return url;
    }
}
