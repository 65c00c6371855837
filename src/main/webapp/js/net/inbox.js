/**
 * The room that only we can read. It is joined where we left it, and never from before: what is in it is told once.
 * Where that was is kept with who we are.
 */
export class Inbox {
    #identity;
    #place = null;
    /** Its name, or null before we were told. */
    name = null;

    constructor(identity) {
        this.#identity = identity;
    }

    /** The command that reads on in the inbox `name`. */
    join(name) {
        const kept = this.#identity.load().inbox;
        if (name !== this.name) this.#place = kept?.room === name ? { epoch: kept.epoch, after: kept.after } : null;
        this.name = name;
        return { type: 'join', room: name, ...(this.#place ?? { last: 0 }) };
    }

    /** Takes an event of it in; true for an entry that is new to us. */
    apply(event) {
        if (event.type === 'reset' || (event.type === 'joined' && event.epoch !== this.#place?.epoch)) {
            this.#place = { epoch: event.epoch, after: event.head };
        }
        const after = event.type === 'gap' ? event.to : event.seq;
        if (!(after > this.#place?.after)) return false;
        this.#place.after = after;
        return event.type !== 'gap';
    }

    /** Keeps where we are, unless another page of ours is further. */
    save() {
        const kept = this.#identity.load().inbox;
        const same = kept?.room === this.name && kept.epoch === this.#place?.epoch;
        if (!this.#place || (same && kept.after >= this.#place.after)) return;
        this.#identity.save({ inbox: { room: this.name, ...this.#place } });
    }
}
