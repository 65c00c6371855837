const AT = '2026-11-23T19:31:32.123Z';

/** A room as a server keeps it: the plainest log that keeps the protocol's word. */
export class FakeRoom {
    entries = [];
    access = 'public';
    topic = '';
    archived = false;
    owner = null;
    members = new Map();
    /** The first seq that is kept. */
    first = 1;
    mostInPage = Infinity;
    /** Who said what, whatever became of it: by seq, `{from, mentions}` of each message. */
    said = new Map();
    #ids = new Map();
    /** The entries that are reactions, also erased ones. */
    #reacted = new Set();

    constructor(name) {
        this.name = name;
    }

    get head() {
        return this.entries.length;
    }

    get n() {
        return this.entries.at(-1)?.n ?? 0;
    }

    admits(userId) {
        return this.access === 'public' || this.members.has(userId);
    }

    /** The entry of `from` with this id, made by `make()` the first time. */
    once(from, id, make) {
        if (id === undefined) return make();
        const key = `${from.id} ${id}`;
        if (!this.#ids.has(key)) this.#ids.set(key, make());
        return this.#ids.get(key);
    }

    has(from, id) {
        return this.#ids.has(`${from.id} ${id}`);
    }

    /** Puts the next entry in. */
    append(type, from, id, fields) {
        const n = this.n + (type === 'message' ? 1 : 0);
        const entry = { type, room: this.name, seq: this.head + 1, n, at: AT, from, ...(id && { id }), ...fields };
        this.entries.push(entry);
        if (type === 'message') this.said.set(entry.seq, { from, mentions: fields.mentions ?? [] });
        if (type === 'reacted') this.#reacted.add(entry.seq);
        if (type === 'deleted') this.#erase(entry.target);
        return entry;
    }

    /** The message at `seq`; undefined when there is none, or no longer. */
    message(seq) {
        const entry = this.entries[seq - 1];
        return entry?.type === 'message' && seq >= this.first ? entry : undefined;
    }

    /** What is kept after `seq`, now. */
    after(seq) {
        return this.entries.slice(Math.max(seq, this.first - 1));
    }

    /** A page of history as HTTP has it. */
    page({ before, after, limit: asked = 50 }) {
        const limit = Math.min(asked, this.mostInPage);
        const kept =
            after !== undefined
                ? this.after(after).slice(0, limit)
                : this.after(0)
                      .filter(({ seq }) => seq < (before ?? Infinity) && !this.#reacted.has(seq))
                      .slice(-limit);
        const seqs = new Set(kept.map(({ seq }) => seq));
        const beyond = this.entries.filter(
            ({ type, seq, target }) => type === 'edited' && seqs.has(target) && !seqs.has(seq),
        );
        for (const { type, seq } of kept) {
            const of = type === 'message' ? this.reactions(seq) : [];
            if (of.length > 0) beyond.push({ type: 'reactions', room: this.name, seq, of });
        }
        const gone = after !== undefined &&
            after + 1 < this.first && { gap: { type: 'gap', room: this.name, from: after + 1, to: this.first - 1 } };
        return { head: this.head, entries: kept, amends: beyond, ...gone };
    }

    /** The reactions to a message, in the order of the first that still hold. */
    reactions(seq) {
        const kinds = new Map();
        for (const { type, target, emoji, on, from, seq: at } of this.entries) {
            if (type !== 'reacted' || target !== seq) continue;
            const others = (kinds.get(emoji) ?? []).filter(({ user }) => user.id !== from.id);
            kinds.set(emoji, on ? [...others, { user: from, at }] : others);
        }
        return [...kinds]
            .filter(([, its]) => its.length > 0)
            .sort(([, a], [, b]) => a[0].at - b[0].at)
            .map(([emoji, its]) => ({
                emoji,
                count: its.length,
                users: its.map(({ user }) => user),
                seqs: its.map(({ at }) => at),
            }));
    }

    /** How many messages after `mark` are of others than `userId`, and how many of those mention the user. */
    unread(userId, mark) {
        const after = [...this.said].filter(([seq, { from }]) => seq > mark.seq && from.id !== userId);
        return { unread: after.length, mentions: after.filter(([, { mentions }]) => mentions.includes(userId)).length };
    }

    #erase(target) {
        const was = (type) => this.#reacted.size > 0 && { was: type }; // servers that have reactions say it
        for (const { seq, n, room, ...entry } of this.entries) {
            const gone = seq === target || (['edited', 'reacted'].includes(entry.type) && entry.target === target);
            if (gone) this.entries[seq - 1] = { type: 'erased', room, seq, n, ...was(entry.type) };
        }
    }
}
