import { newId } from '../model/ids.js';
import { ChatError } from './http.js';

/** What may come back for a `direct`, whose errors carry no id. */
const OF_DIRECT = new Set(['no-such-user', 'forbidden', 'busy', 'unavailable', 'internal']);

/** Commands whose answer somebody waits for. They are said once: when the connection goes, so does the answer. */
export class Requests {
    #send;
    #asked = new Map();
    #directs = [];

    /** `send(command)` is false when we are not connected and signed in. */
    constructor(send) {
        this.#send = send;
    }

    /** Resolves with the seq of the entry that the command became; rejects with a `ChatError`. */
    ask(command) {
        const id = newId();
        const { type, room, ...rest } = command;
        return this.#wait((answer) => this.#asked.set(id, answer), { type, room, id, ...rest });
    }

    /** Resolves with the name of the room of us and this user; rejects with a `ChatError`. */
    direct(user) {
        return this.#wait((answer) => this.#directs.push({ user, ...answer }), { type: 'direct', user });
    }

    acked({ id, seq }) {
        this.#asked.get(id)?.resolve(seq);
        this.#asked.delete(id);
    }

    answered({ room, user }) {
        const ours = this.#directs.filter((direct) => direct.user === user.id);
        this.#directs = this.#directs.filter((direct) => direct.user !== user.id);
        for (const { resolve } of ours) resolve(room);
    }

    /** Takes an error that belongs to one of these; false when it does not. */
    refused({ id, code, message }) {
        const ofDirect = id == null && OF_DIRECT.has(code);
        const answer = ofDirect ? this.#directs.shift() : this.#asked.get(id);
        this.#asked.delete(id);
        answer?.reject(new ChatError(code, message));
        return answer != null;
    }

    interrupted() {
        const lost = [...this.#asked.values(), ...this.#directs];
        this.#asked.clear();
        this.#directs = [];
        for (const { reject } of lost) reject(offline());
    }

    #wait(remember, command) {
        return new Promise((resolve, reject) => {
            if (this.#send(command)) remember({ resolve, reject });
            else reject(offline());
        });
    }
}

function offline() {
    return new ChatError('offline', 'There is no connection.');
}
