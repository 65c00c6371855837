import { newId } from '../model/ids.js';
import { ChatError } from './http.js';

/** The possible errors of a `direct`, which carry no id. */
const OF_DIRECT = new Set(['no-such-user', 'forbidden', 'busy', 'unavailable', 'internal']);

/** Commands with an awaited answer. They are sent once: if the connection is lost, so is the answer. */
export class Requests {
    #send;
    #asked = new Map();
    #directs = [];

    /** `send(command)` is false when the client is not connected and signed in. */
    constructor(send) {
        this.#send = send;
    }

    /** Sends a command; resolves with the seq of its entry; rejects with a `ChatError`. */
    ask(command) {
        const id = newId();
        const { type, room, ...rest } = command;
        return this.#wait((answer) => this.#asked.set(id, answer), { type, room, id, ...rest });
    }

    /** Resolves with the name of the direct conversation with this user; rejects with a `ChatError`. */
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

    /** Handles an error that belongs to one of these; false if it does not. */
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
