import { Emitter } from '../model/emitter.js';
import { newId } from '../model/ids.js';

/**
 * The open pages of this browser: sends them changes, receives theirs, and knows which of them live, each by a lock
 * that it holds as long as it does. Emits what it receives, by name, and `gone` with the id of a page that has ended.
 * Without channels or locks it sends nothing and takes no other page to be alive.
 */
export class Tabs extends Emitter {
    /** The id of this page, for its lifetime. */
    id = newId();
    #name;
    #channel = null;
    #watched = new Set();

    /** `scope` separates several Warungs on one host. */
    constructor(scope) {
        super();
        this.#name = `warung:${scope}:`;
        try {
            this.#channel = new BroadcastChannel(`${this.#name}tabs`);
            this.#channel.onmessage = ({ data }) => this.#heard(data);
        } catch (fault) {
            console.warn('What other pages write is seen here when one comes back to this page.', fault);
        }
        this.#hold(this.id, () => new Promise(() => {}));
    }

    /** True when it can know which pages live. */
    get knows() {
        return Boolean(globalThis.navigator?.locks);
    }

    /** Sends to all other pages. */
    tell(name, detail) {
        this.#channel?.postMessage({ name, detail });
    }

    /** Returns the ids of the other live pages; from now on their ends are reported. */
    async living() {
        const locks = await globalThis.navigator?.locks?.query().catch(() => null);
        const ids = [...(locks?.held ?? []), ...(locks?.pending ?? [])]
            .filter(({ name }) => name.startsWith(this.#lock('')))
            .map(({ name }) => name.slice(this.#lock('').length));
        this.tell('here', this.id);
        for (const id of ids) this.#watch(id);
        return new Set(ids.filter((id) => id !== this.id));
    }

    #heard({ name, detail }) {
        if (name === 'here') this.#watch(detail);
        else this.emit(name, detail);
    }

    #watch(id) {
        if (id === this.id || this.#watched.has(id)) return;
        this.#watched.add(id);
        this.#hold(id, () => this.emit('gone', id));
    }

    /** Calls `act` when no page holds this lock, and holds it until that is done. */
    #hold(id, act) {
        globalThis.navigator?.locks
            ?.request(this.#lock(id), act)
            .catch((fault) => console.warn('Which pages are open is not known.', fault));
    }

    #lock(id) {
        return `${this.#name}tab:${id}`;
    }
}
