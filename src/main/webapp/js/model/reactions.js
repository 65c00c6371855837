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

    /**
     * Returns the reactions to a message, the first one that still holds first, as on all pages and servers: `[{emoji,
     * count, users, mine, changed}]`; `users` are `{id, name, seq}`.
     */
    of(seq) {
        const { head, of } = this.#pages.get(seq) ?? { head: 0, of: [] };
        const kinds = new Map();
        for (const kind of of) kinds.set(kind.emoji, kindOf(kind));
        const later = [...(this.#entries.get(seq)?.values() ?? [])].filter((entry) => entry.seq > head);
        for (const { emoji, from, on, seq: at } of later.sort((a, b) => a.seq - b.seq))
            change(kinds, emoji, { ...from, seq: at }, on);
        for (const wish of this.#wishes.values()) {
            const is = isMine(kinds.get(wish.emoji), wish.user.id);
            if (wish.seq === seq && is !== wish.on) change(kinds, wish.emoji, { ...wish.user, seq: Infinity }, wish.on);
        }
        return [...kinds.values()].filter(({ count }) => count > 0).sort((a, b) => firstOf(a) - firstOf(b));
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

/**
 * Returns a kind of a page as the base for changes. Its users get the seqs of their reactions, which older servers do
 * not tell; those who are not named, if there are any, reacted after the last one who is.
 */
function kindOf({ emoji, count, users, seqs, mine }) {
    const named = users.map(({ id, name }, i) => ({ id, name, seq: seqs?.[i] ?? 0 }));
    const unnamed = { n: count - named.length, after: named.at(-1)?.seq ?? 0 };
    return { emoji, count, users: named, unnamed, mine: mine === true, changed: new Map() };
}

/** The seq of the first reaction of a kind, or a little more than the last one before it that is known. */
function firstOf({ users, unnamed }) {
    return Math.min(users[0]?.seq ?? Infinity, unnamed.n > 0 ? unnamed.after + 0.5 : Infinity);
}

/** The server writes only what changes something. */
function change(kinds, emoji, user, on) {
    const kind = kinds.get(emoji) ?? kindOf({ emoji, count: 0, users: [] });
    kinds.set(emoji, kind);
    kind.count += on ? 1 : -1;
    const others = kind.users.filter(({ id }) => id !== user.id);
    if (!on && others.length === kind.users.length) kind.unnamed.n--;
    kind.users = others;
    if (on) kind.users.push({ id: user.id, name: user.name, seq: user.seq });
    kind.changed.set(user.id, on);
}
