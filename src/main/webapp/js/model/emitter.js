/** Emits events to listeners. A listener that throws is reported, and the others are still called. */
export class Emitter {
    #listeners = new Map();

    /** Calls `listener` for each `name` from now on; the returned function stops that. */
    on(name, listener) {
        const all = this.#listeners.get(name) ?? new Set();
        this.#listeners.set(name, all.add(listener));
        return () => all.delete(listener);
    }

    emit(name, detail) {
        for (const listener of [...(this.#listeners.get(name) ?? [])]) {
            try {
                listener(detail);
            } catch (fault) {
                console.error(fault);
            }
        }
    }
}
