/**
 * How much of a room its user has not read: the messages after their mark, less their own. It begins with the numbers
 * the server gives and goes on counting as entries come; when it cannot know (after a gap, or when they read elsewhere
 * up to somewhere we have not seen) it says so, and wants the numbers again.
 */
export class Unread {
    /** How far the user has read, `{seq, n}`, or null when they never were in the room. */
    read = null;
    #certain = true;
    #head = null;
    #n = 0;
    #since = 0;
    #own = new Tally();
    #mentions = new Tally();

    /** How many messages the room has had. */
    get n() {
        return this.#n;
    }

    get count() {
        return this.read ? Math.max(0, this.#n - this.read.n - this.#own.count) : 0;
    }

    /** How many of the unread mention the user. */
    get mentions() {
        return this.read ? Math.min(this.count, this.#mentions.count) : 0;
    }

    /** True when the server has to be asked for the numbers. */
    get uncertain() {
        return !this.#certain;
    }

    /** The room is at `seq`, and `n` messages: what is before that and has not come will not come. */
    reach(seq, n) {
        if (this.#head != null && seq <= this.#head) return;
        this.#skipTo(seq);
        this.#head = seq;
        this.#n = n;
    }

    /** An entry has come: if it is a message, is it the user's `own`, does it mention them? */
    heard(entry, { own, mention }) {
        const { seq, n, type } = entry;
        if (this.#head != null && seq <= this.#head) return;
        if (seq !== this.#head + 1) this.#skipTo(seq - 1);
        if (type === 'erased' && n > this.#n) this.#skipTo(seq);
        this.#head = seq;
        this.#n = n;
        if (type !== 'message' || seq <= this.read?.seq) return;
        if (own) this.#own.add(seq);
        if (mention) this.#mentions.add(seq);
    }

    /**
     * What the server says: of the messages up to `head`, `unread` were not read, and `mentions` of them mention the
     * user.
     */
    told({ head, n, read, unread, mentions }) {
        if (!read) {
            if (!this.read) this.#certain = true;
            return;
        }
        if (head < this.#since) {
            this.read ??= read;
            this.#certain = false;
            return;
        }
        const mark = this.read;
        this.read = read;
        this.#certain = true;
        this.#since = head;
        this.#own.begin(head, n - read.n - (unread ?? 0));
        this.#mentions.begin(head, mentions ?? 0);
        if (this.#head == null || head > this.#head) {
            this.#head = head;
            this.#n = n;
        }
        if (mark) this.readTo(mark);
    }

    /** The user has read as far as `seq`, where there are `n` messages; false when they had before. */
    readTo({ seq, n }) {
        if (this.read && seq <= this.read.seq) return false;
        const older = this.#own.older + this.#mentions.older;
        if (seq >= this.#since) this.#certain = true;
        else if (this.read == null || older > 0) this.#certain = false;
        this.read = { seq, n };
        this.#own.drop(seq, this.#since);
        this.#mentions.drop(seq, this.#since);
        return true;
    }

    /** The user is no longer in the room; false when they were not. */
    forget() {
        const was = this.read != null;
        this.read = null;
        this.#certain = true;
        return was;
    }

    /** The log began anew: only the server knows the user's mark in it. */
    reset() {
        this.#certain = this.read == null;
        this.read = null;
        this.#head = null;
        this.#n = 0;
        this.#since = 0;
        this.#own = new Tally();
        this.#mentions = new Tally();
    }

    /** Of what there is up to `seq` we do not know whose it was. */
    #skipTo(seq) {
        if (this.read?.seq < seq) this.#certain = false;
        this.#since = seq;
    }
}

/** How many there are after the mark: the later ones with their seq, the older ones as a number. */
class Tally {
    older = 0;
    #seqs = [];

    get count() {
        return this.older + this.#seqs.length;
    }

    add(seq) {
        this.#seqs.push(seq);
    }

    /** Up to `seq` there are `older`. */
    begin(seq, older) {
        this.older = older;
        this.#seqs = this.#seqs.filter((each) => each > seq);
    }

    /** Those up to `seq` do not count any more; the older ones are before `since`. */
    drop(seq, since) {
        if (seq >= since) this.older = 0;
        this.#seqs = this.#seqs.filter((each) => each > seq);
    }
}
