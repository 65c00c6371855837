import { mergeDrafts, NOTHING, saysTheSame, whole } from '../model/draft.js';
import { newId } from '../model/ids.js';

const PATIENCE_MS = 2_000;

/**
 * What is being written in one room, by all pages of this browser together. The database owns it: each change goes
 * there in a transaction of its own, which merges it with what other pages have made of the draft meanwhile; and what
 * is sent leaves it in one transaction, if it is still what this page shows. Where nothing is kept, this page owns it
 * alone.
 */
export class SharedDraft {
    room;
    #id = newId();
    #database;
    #show;
    #tell;
    /** What of ours the database has: what others have changed is told from what we have by this. */
    #base = NOTHING;
    #now = NOTHING;
    #turn = 0;
    /**
     * The changes that are on their way to the database, `{turn, mine, left, item}`: what was written before and after,
     * and what is sent.
     */
    #changes = [];

    /**
     * `show(draft)` puts what others have written into the field, or is false when that cannot be now; `tell()` tells
     * other pages that there is something new.
     */
    constructor({ room, database, show, tell }) {
        this.room = room;
        this.#database = database;
        this.#show = show;
        this.#tell = tell;
    }

    /** This is what is being written now. */
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
     * Puts `item`, which was made of what was being written, into the outbox, and goes on with `rest`. Resolves with
     * false when another page has sent it, or changed it: then what has become of it is shown, and nothing is sent.
     * When the database does not answer in time, the item is given out all the same, and is in the outbox when it does.
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

    /** Looks what other pages have written, unless this one is just changing it: then it gets to know that anyway. */
    async refresh() {
        const turn = this.#turn;
        const read = await this.#database.draft(this.room);
        if (!read || turn !== this.#turn) return;
        const stored = whole(read.draft);
        if (saysTheSame(stored, this.#base)) return;
        const next = mergeDrafts(this.#base, this.#now, stored);
        if (this.#follow(next, stored) && !saysTheSame(next, stored)) this.save(next);
    }

    /** Another room is written in now. */
    close() {
        this.#show = () => false;
    }

    /**
     * What is on its way to the database, to be done again by another page should this one end: plain data, or null.
     */
    get undone() {
        return this.#changes.length > 0
            ? { id: this.#id, room: this.room, base: this.#base, changes: this.#changes }
            : null;
    }

    /**
     * Does what another page has left `undone`, in its name and but for what was done when it was not told any more;
     * resolves with the items that this page has to deliver. What has been done when this page ends in the middle is
     * not done again either.
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

    /** When the database has it: a later change that is under way will bring what others have made of it. */
    #done(turn, kept, ours, next) {
        this.#changes = this.#changes.filter((change) => change.turn !== turn);
        if (!kept) return;
        this.#base = ours;
        this.#tell();
        if (turn === this.#turn && !saysTheSame(ours, next)) this.#follow(next);
    }

    /** Shows `next`, if that can be now; the database has `base`, or the same. */
    #follow(next, base) {
        if (!this.#show(next)) return false;
        this.#base = base ?? next;
        this.#now = next;
        return true;
    }
}

/** A database that does not answer keeps nobody from sending. */
function patience() {
    return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
}
