/**
 * Counts the unread messages of a room: those after the user's mark, except their own. It starts with the server's
 * numbers and continues with each entry; if it cannot know (after a gap, or when the user has read elsewhere up to an
 * entry not loaded here), it is `uncertain` until it gets the numbers again.
 */
export class Unread {
    /** How far the user has read, `{seq, n}`, or null if they were never in the room. */
    read = null;
    #certain = true;
    #head = null;
    #n = 0;
    #since = 0;
    #back = false;
    #own = new Tally();
    #mentions = new Tally();

    /** The number of messages in the room. */
    get n() {
        return this.#n;
    }

    /** An edit that mentions the user counts as a message. Where they were never, only mentions count. */
    get count() {
        return Math.max(this.read ? this.#n - this.read.n - this.#own.count : 0, this.mentions);
    }

    /** How many of the unread messages and edits mention the user. */
    get mentions() {
        return this.#mentions.count;
    }

    /** True when the server must be asked for the numbers. */
    get uncertain() {
        return !this.#certain;
    }

    /** The room has reached `seq`, with `n` messages: earlier entries that are missing will not come. */
    reach(seq, n) {
        if (this.#head != null && seq <= this.#head) return;
        this.#skipTo(seq);
        this.#head = seq;
        this.#n = n;
    }

    /** Counts an entry: whether it is the user's `own`, and whether it mentions them; null if only the server knows. */
    heard(entry, { own, mention }) {
        const { seq, n, type } = entry;
        if (this.#head != null && seq <= this.#head) return;
        if (seq !== this.#head + 1) this.#skipTo(seq - 1);
        if (type === 'erased' && n > this.#n) this.#skipTo(seq);
        this.#head = seq;
        this.#n = n;
        if (seq <= this.read?.seq) return;
        if (own && type === 'message') this.#own.add(seq);
        if (mention) this.#mentions.add(seq);
        if (mention == null) this.#certain = false;
    }

    /**
     * Applies the server's numbers: of the messages up to `head`, `unread` were not read, and `mentions` of them
     * mention the user.
     */
    told({ head, n, read, unread, mentions }) {
        if (!read) {
            if (!this.read) this.#toldOfMentions(head, n, mentions);
            return;
        }
        if (head < this.#since) {
            this.read ??= read;
            this.#certain = false;
            return;
        }
        if (this.#back && read.seq > this.read?.seq) {
            this.#certain = false;
            return;
        }
        this.#back = false;
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

    /** The server repeats its numbers for a while; known ones are ignored: the user may have read since. */
    counted(numbers) {
        if (this.uncertain || numbers.head > this.#since) this.told(numbers);
    }

    /** The user has read up to `seq`, with `n` messages there; false when they had before. */
    readTo({ seq, n }) {
        if (this.read && seq <= this.read.seq) return false;
        this.#back = false;
        const older = this.#own.older + this.#mentions.older;
        if (seq >= this.#since) this.#certain = true;
        else if (this.read == null || older > 0) this.#certain = false;
        this.read = { seq, n };
        this.#own.drop(seq, this.#since);
        this.#mentions.drop(seq, this.#since);
        return true;
    }

    /**
     * What is beyond `seq`, with `n` messages there, is unread again; false when it already was. Only the server knows
     * what of it is whose: its numbers count from when it knows the mark, too.
     */
    readBack({ seq, n }) {
        if (this.read && seq >= this.read.seq) return this.readTo({ seq, n });
        this.read = { seq, n };
        this.#back = true;
        this.#certain = false;
        return true;
    }

    /** Somebody calls the user with the message `seq`, as their inbox says; false when that is known, or read. */
    called(seq) {
        if (seq <= this.#since || seq <= this.read?.seq || this.#mentions.has(seq)) return false;
        this.#mentions.add(seq);
        return true;
    }

    /** The user is no longer in the room; false when they were not in it. */
    forget() {
        const was = this.read != null;
        this.read = null;
        this.#mentions = new Tally();
        this.#certain = true;
        return was;
    }

    /** The log was reset: only the server knows the user's mark in it. */
    reset() {
        this.#certain = this.read == null;
        this.read = null;
        this.#head = null;
        this.#n = 0;
        this.#since = 0;
        this.#back = false;
        this.#own = new Tally();
        this.#mentions = new Tally();
    }

    /** Applies the server's numbers for a room that the user was never in. */
    #toldOfMentions(head, n, mentions) {
        this.#certain = true;
        if (head < this.#since) return;
        this.#since = head;
        this.#mentions.begin(head, mentions ?? 0);
        if (this.#head != null && head <= this.#head) return;
        this.#head = head;
        this.#n = n;
    }

    /** It is unknown who wrote the messages up to `seq`. */
    #skipTo(seq) {
        if (this.read?.seq < seq) this.#certain = false;
        this.#since = seq;
    }
}

/** A count of messages after the mark: the later ones by seq, the older ones as a number. */
class Tally {
    older = 0;
    #seqs = [];

    get count() {
        return this.older + this.#seqs.length;
    }

    add(seq) {
        if (!this.has(seq)) this.#seqs.push(seq);
    }

    has(seq) {
        return this.#seqs.includes(seq);
    }

    /** Sets the number up to `seq` to `older`. */
    begin(seq, older) {
        this.older = older;
        this.#seqs = this.#seqs.filter((each) => each > seq);
    }

    /** Drops those up to `seq`; the older ones are before `since`. */
    drop(seq, since) {
        if (seq >= since) this.older = 0;
        this.#seqs = this.#seqs.filter((each) => each > seq);
    }
}
