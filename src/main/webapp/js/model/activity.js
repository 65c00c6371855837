/** The entries of the inbox that are shown, and those among them that call the user. */
const SHOWN = new Set(['mentioned', 'replied', 'reaction', 'invited', 'revoked']);
const CALLS = new Set(['mentioned', 'replied']);

/** What concerns the user, as far as their inbox is loaded: the newest first. */
export class Activity {
    /** The seq up to which the user has read it, on any device. */
    mark = 0;
    /** True when nothing precedes what is loaded. */
    begins = false;
    #epoch = null;
    #entries = [];

    /** The seqs of the newest and the oldest loaded entry; null if there is none. */
    get newest() {
        return this.#entries[0]?.seq ?? null;
    }

    get oldest() {
        return this.#entries.at(-1)?.seq ?? null;
    }

    /** Adds a page of the inbox. One of another log, or one that what is loaded does not reach, replaces that. */
    take({ epoch, entries, begins }) {
        const other = this.#epoch != null && epoch !== this.#epoch;
        if (other) this.mark = 0;
        if (other || entries.at(-1)?.seq > this.newest + 1) this.#forget();
        this.#epoch = epoch;
        const bySeq = new Map([...this.#entries, ...entries].map((entry) => [entry.seq, entry]));
        this.#entries = [...bySeq.values()].sort((a, b) => b.seq - a.seq);
        this.begins ||= begins;
    }

    /** Adds a new entry. */
    hear(entry) {
        if (this.newest == null || entry.seq > this.newest) this.#entries.unshift(entry);
    }

    /**
     * Returns how many entries after the mark call the user, `calls`, and whether there is anything else, `news`.
     * `isRead(room, seq)` tells what the user has read where; rooms that are `muted` call nobody.
     */
    unread(isRead, muted) {
        const fresh = this.#entries.filter((entry) => SHOWN.has(entry.type) && isFresh(entry, this.mark, isRead));
        const loud = fresh.filter((entry) => !muted.has(entry.in));
        const calls = loud.filter(({ type }) => CALLS.has(type)).length;
        return { calls, news: loud.length > calls };
    }

    /**
     * Returns a row for each entry, and one for all reactions to a message, the newest first: `{type, key, seq, room,
     * message, at, fresh, people, emojis}`; `fresh` if it is later than `since`, and no call that is read in its room.
     */
    rows(since, isRead) {
        const rows = new Map();
        for (const entry of this.#entries) {
            const { type, seq, in: room, message, at, from, emoji } = entry;
            if (!SHOWN.has(type)) continue;
            const key = type === 'reaction' ? `${room}/${message}` : `${seq}`;
            const fresh = isFresh(entry, since, isRead);
            const made = { type, key, seq, room, message: message ?? null, at, fresh, people: [], emojis: [] };
            const row = rows.get(key) ?? made;
            rows.set(key, row);
            if (!row.people.some(({ id }) => id === from.id)) row.people.push(from);
            if (emoji && !row.emojis.includes(emoji)) row.emojis.push(emoji);
        }
        return [...rows.values()];
    }

    #forget() {
        this.#entries = [];
        this.begins = false;
    }
}

/** True for an entry later than `mark`; for a call, until its room is read as well. */
function isFresh({ seq, type, in: room, message, edit }, mark, isRead) {
    return seq > mark && !(CALLS.has(type) && isRead(room, edit ?? message));
}

/** Returns the row with those who react to its `message` now, as far as that is known; not the user `me`. */
export function withReactions(row, message, me) {
    if (row.type !== 'reaction' || !message?.reactions) return row;
    const people = new Map(row.people.map((person) => [person.id, person]));
    for (const { users } of message.reactions)
        for (const user of users) if (user.id !== me && !people.has(user.id)) people.set(user.id, user);
    const emojis = new Set([...row.emojis, ...message.reactions.map(({ emoji }) => emoji)]);
    return { ...row, people: [...people.values()], emojis: [...emojis] };
}
