import { Emitter } from '../model/emitter.js';
import { newId } from '../model/ids.js';

/**
 * The pages of this browser that are open: tells them what has changed, hears what they tell, and knows which of them
 * live, each by a lock it holds as long as it does. Emits what it hears, `{about}` by its name, and `gone` with the id
 * of a page that has ended. A browser without channels or locks tells nothing and takes no other page to be living.
 */
export class Tabs extends Emitter {
    /** Of this page, as long as it lives. */
    id = newId();
    #name;
    #channel = null;
    #watched = new Set();

    /** `scope` keeps several Warungs on one host apart. */
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

    /** Tells all other pages. */
    tell(name, detail) {
        this.#channel?.postMessage({ name, detail });
    }

    /** The ids of the other pages that live; from now on their ends are told. */
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
