import { mergeDrafts, NOTHING, saysTheSame, whole } from '../model/draft.js';
import { newId } from '../model/ids.js';

const PATIENCE_MS = 2_000;

/**
 * The draft of one room, shared by all pages of this browser. The database owns it: each change is a transaction of its
 * own, which merges it with what other pages have made of the draft meanwhile; and a sent message leaves it in one
 * transaction, if it is still what this page shows. Where nothing is kept, this page alone owns it.
 */
export class SharedDraft {
    room;
    #id = newId();
    #database;
    #show;
    #tell;
    /** What the database has of this page's draft: the base for finding the changes of others. */
    #base = NOTHING;
    #now = NOTHING;
    #turn = 0;
    /**
     * The changes that are being written to the database, `{turn, mine, left, item}`: the draft before and after, and
     * the item that is sent.
     */
    #changes = [];

    /**
     * `show(draft)` puts the changes of others into the field, or returns false if that is not possible now; `tell()`
     * tells other pages that something has changed.
     */
    constructor({ room, database, show, tell }) {
        this.room = room;
        this.#database = database;
        this.#show = show;
        this.#tell = tell;
    }

    /** Saves what is in the field now. */
    async save(draft) {
        const mine = whole(draft);
        const turn = this.#begin(mine);
        let next = mine;
        const kept = await this.#database.exchange(this.room, { id: this.#id, turn }, (stored) => {
            next = mergeDrafts(this.#base, mine, whole(stored));
            return { draft: next };
        });
        this.#done(turn, kept, mine, next);
    }

    /**
     * Puts `item`, made from the draft, into the outbox, and continues with `rest`. Resolves with false if another page
     * has sent or changed the draft: then its new state is shown, and nothing is sent. If the database does not answer
     * in time, the item is sent all the same, and is in the outbox once it answers.
     */
    async send(item, rest) {
        const mine = this.#now;
        const left = whole(rest);
        const turn = this.#begin(left, item);
        let given = false;
        let sent = true;
        let next = left;
        const kept = this.#database.exchange(this.room, { id: this.#id, turn }, (stored) => {
            const merged = mergeDrafts(this.#base, mine, whole(stored));
            const agreed = saysTheSame(merged, mine);
            sent = agreed || given;
            next = given ? mergeDrafts(this.#base, left, whole(stored)) : merged;
            if (agreed) next = left;
            return { draft: next, item: sent ? item : null };
        });
        const done = kept.then((is) => this.#done(turn, is, left, next));
        await Promise.race([done, patience()]);
        given = sent;
        return sent;
    }

    /** Reads what other pages have written, unless this page is changing the draft: then it learns that anyway. */
    async refresh() {
        const turn = this.#turn;
        const read = await this.#database.draft(this.room);
        if (!read || turn !== this.#turn) return;
        const stored = whole(read.draft);
        if (saysTheSame(stored, this.#base)) return;
        const next = mergeDrafts(this.#base, this.#now, stored);
        if (this.#follow(next, stored) && !saysTheSame(next, stored)) this.save(next);
    }

    /** The user writes in another room now. */
    close() {
        this.#show = () => false;
    }

    /** The unfinished changes, for another page to complete if this one ends: plain data, or null. */
    get undone() {
        return this.#changes.length > 0
            ? { id: this.#id, room: this.room, base: this.#base, changes: this.#changes }
            : null;
    }

    /**
     * Completes the changes that another page has left `undone`, in its name, except those that were done without its
     * knowledge; resolves with the items that this page must deliver. If this page ends in the middle, what is done is
     * not repeated either.
     */
    async redo({ id, base, changes }) {
        const last = await this.#database.turn(id);
        const items = [];
        this.#id = id;
        this.#base = changes.findLast(({ turn }) => turn <= last)?.left ?? base;
        for (const { turn, mine, left, item } of changes.filter(({ turn }) => turn > last)) {
            this.#turn = turn - 1;
            this.#now = mine;
            if (!item) await this.save(left);
            else if (await this.send(item, left)) items.push(item);
        }
        return items;
    }

    #begin(left, item) {
        this.#changes.push({ turn: ++this.#turn, mine: this.#now, left, item });
        this.#now = left;
        return this.#turn;
    }

    /** The database has a change: a later unfinished one will bring what others have made of it. */
    #done(turn, kept, ours, next) {
        this.#changes = this.#changes.filter((change) => change.turn !== turn);
        if (!kept) return;
        this.#base = ours;
        this.#tell();
        if (turn === this.#turn && !saysTheSame(ours, next)) this.#follow(next);
    }

    /** Shows `next`, if that is possible now; the database has `base`, or the same. */
    #follow(next, base) {
        if (!this.#show(next)) return false;
        this.#base = base ?? next;
        this.#now = next;
        return true;
    }
}

/** Resolves after a while: a database that does not answer prevents nobody from sending. */
function patience() {
    return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
}
