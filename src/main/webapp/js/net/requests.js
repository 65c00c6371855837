import { newId } from '../model/ids.js';
import { ChatError } from './http.js';

/** Commands with an awaited answer. They are sent once: if the connection is lost, so is the answer. */
export class Requests {
    #send;
    #asked = new Map();

    /** `send(command)` is false when the client is not connected and signed in. */
    constructor(send) {
        this.#send = send;
    }

    /** Sends a command; resolves with the seq of its entry; rejects with a `ChatError`. */
    ask(command) {
        return this.#ask(command, false);
    }

    /** The same; resolves with the room of its entry. */
    askForRoom(command) {
        return this.#ask(command, true);
    }

    #ask(command, forRoom) {
        const id = newId();
        const { type, room, ...rest } = command;
        return new Promise((resolve, reject) => {
            if (this.#send({ type, room, id, ...rest })) this.#asked.set(id, { resolve, reject, forRoom });
            else reject(offline());
        });
    }

    /** Resolves with the name of the direct conversation with this user; rejects with a `ChatError`. */
    direct(user) {
        return this.ask({ type: 'direct', user });
    }

    /** The server has answered the command `id`, with `result`: in this `room`, if it names one. */
    answered(id, result, room = null) {
        const asked = this.#asked.get(id);
        asked?.resolve(asked.forRoom ? room : result);
        this.#asked.delete(id);
    }

    /** Handles an error that belongs to one of these; false if it does not. */
    refused({ id, code, message, retryAfterMs }) {
        const answer = this.#asked.get(id);
        this.#asked.delete(id);
        answer?.reject(new ChatError(code, message, retryAfterMs));
        return answer != null;
    }

    interrupted() {
        const lost = [...this.#asked.values()];
        this.#asked.clear();
        for (const { reject } of lost) reject(offline());
    }
}

function offline() {
    return new ChatError('offline', 'There is no connection.');
}
