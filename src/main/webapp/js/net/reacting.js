/** The user's reactions to messages: shown until the server has answered. */
export class Reacting {
    #parts;

    /** `changed(room)` is called when there is something new to show. */
    constructor({ rooms, signIn, requests, changed }) {
        this.#parts = { rooms, signIn, requests, changed };
    }

    /** Reacts to the message `seq`, or takes that back. Resolves when that is done, or rejects with a `ChatError`. */
    async react(name, seq, emoji, on) {
        const { rooms, signIn, requests, changed } = this.#parts;
        const room = rooms.get(name);
        const wish = { seq, emoji, on, user: signIn.user };
        let done = null;
        room.timeline.wish(wish);
        changed(room);
        try {
            done = await requests.ask({ type: 'react', room: name, seq, emoji, on });
        } finally {
            room.timeline.settle(wish, done);
            changed(room);
        }
    }
}
