/** Who we are, for as long as the program runs. What keeps it longer has the same two methods. */
export class MemoryIdentity {
    #known;

    constructor(name = null) {
        this.#known = { name, token: null, id: null };
    }

    /** `{name, token, id}`; null where not known. */
    load() {
        return { ...this.#known };
    }

    save(known) {
        Object.assign(this.#known, known);
    }
}
