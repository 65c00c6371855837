/**
 * The reactions to the messages of a room: what pages of history say, as of their head, and the entries after that.
 * The result does not depend on the order in which they arrive.
 */
export class Reactions {
    #pages = new Map();
    #entries = new Map();
    #wishes = new Map();

    /** Adds an entry `reacted`. */
    add(entry) {
        const its = this.#entries.get(entry.target) ?? new Map();
        this.#entries.set(entry.target, its.set(entry.seq, entry));
    }

    /** The message `seq` had the reactions `of` (absent: none) when its room's head was `head`. */
    take(seq, head, of) {
        if (head >= (this.#pages.get(seq)?.head ?? 0)) this.#pages.set(seq, { head, of: of ?? [] });
    }

    /** The user wants to react, `{seq, emoji, on, user}`: shown until it is settled. */
    wish(wish) {
        this.#wishes.set(`${wish.seq} ${wish.emoji}`, wish);
    }

    /** Ends a wish; false if there is another one by now. */
    settle(wish) {
        const key = `${wish.seq} ${wish.emoji}`;
        return this.#wishes.get(key) === wish && this.#wishes.delete(key);
    }

    /** Returns the reactions to a message, the first one begun first: `[{emoji, count, users, mine, changed}]`. */
    of(seq) {
        const { head, of } = this.#pages.get(seq) ?? { head: 0, of: [] };
        const kinds = new Map();
        for (const kind of of) kinds.set(kind.emoji, { ...kind, users: [...kind.users], changed: new Map() });
        const later = [...(this.#entries.get(seq)?.values() ?? [])].filter((entry) => entry.seq > head);
        for (const { emoji, from, on } of later.sort((a, b) => a.seq - b.seq)) change(kinds, emoji, from, on);
        for (const wish of this.#wishes.values()) {
            const is = isMine(kinds.get(wish.emoji), wish.user.id);
            if (wish.seq === seq && is !== wish.on) change(kinds, wish.emoji, wish.user, wish.on);
        }
        return [...kinds.values()].filter(({ count }) => count > 0);
    }

    /** Drops what is about messages that are not `kept`, except entries from seq `live` on. */
    forget(live, kept) {
        for (const seq of this.#pages.keys()) if (!kept(seq)) this.#pages.delete(seq);
        for (const [target, entries] of this.#entries) {
            if (kept(target)) continue;
            for (const seq of entries.keys()) if (seq < live) entries.delete(seq);
            if (entries.size === 0) this.#entries.delete(target);
        }
    }
}

/** True if the user `me` reacts with this. */
export function isMine(kind, me) {
    if (!kind) return false;
    return kind.changed.get(me) ?? (kind.mine === true || kind.users.some(({ id }) => id === me));
}

/** The server writes only what changes something. */
function change(kinds, emoji, user, on) {
    const kind = kinds.get(emoji) ?? { emoji, count: 0, users: [], mine: false, changed: new Map() };
    if (kind.count === 0) kinds.delete(emoji);
    kinds.set(emoji, kind);
    kind.count += on ? 1 : -1;
    kind.users = kind.users.filter(({ id }) => id !== user.id);
    if (on) kind.users.push({ id: user.id, name: user.name });
    kind.changed.set(user.id, on);
}
