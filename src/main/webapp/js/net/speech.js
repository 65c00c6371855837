/** What our user says for the log: each is an item in the outbox, shown at once, and goes out when it can. */
export class Speech {
    #outbox;
    #courier;
    #rooms;
    #joiner;
    #changed;
    #undoMs;

    /** A delete may be taken back for `undoMs`; `changed(room)` is called when there is something new to show. */
    constructor({ outbox, courier, rooms, joiner, changed, undoMs }) {
        this.#outbox = outbox;
        this.#courier = courier;
        this.#rooms = rooms;
        this.#joiner = joiner;
        this.#changed = changed;
        this.#undoMs = undoMs;
    }

    post(room, text, { replyTo, mentions, epoch }) {
        return this.#add({ type: 'post', room, text, replyTo, mentions, epoch }, replyTo);
    }

    edit(room, target, text, { epoch }) {
        return this.#add({ type: 'edit', room, target, text, epoch }, target);
    }

    remove(room, target) {
        const item = this.#add({ type: 'delete', room, target }, target, 'undoable');
        this.#courier.holdBack(item, this.#undoMs, () => this.#deliver(room));
        return item;
    }

    /** Takes in what the outbox's store has already, and has it sent: a seq that names no log is of the present one. */
    deliver(items) {
        for (const item of items) item.epoch ??= (item.target ?? item.replyTo) == null ? null : this.#rooms.get(item.room)?.timeline.epoch;
        this.#outbox.restore(items);
        for (const name of this.#outbox.rooms) this.#joiner.open(name);
        for (const name of new Set(items.map(({ room }) => room))) this.#deliver(name);
    }

    retry(item) {
        this.#outbox.retry(item);
        this.#joiner.open(item.room);
        this.#deliver(item.room);
    }

    discard(item) {
        this.#outbox.remove(item);
        this.#changed(this.#rooms.get(item.room));
    }

    /** A seq means something in one log only, so the item remembers in which: in ours, unless it was read in another. */
    #add(said, seq, state) {
        const epoch = seq == null ? null : said.epoch ?? this.#rooms.get(said.room)?.timeline.epoch;
        const item = this.#outbox.add({ ...said, epoch }, state);
        this.#deliver(said.room);
        return item;
    }

    #deliver(name) {
        const room = this.#rooms.get(name);
        if (!room) return;
        this.#joiner.deliver(room);
        this.#changed(room);
    }
}
