const MOST_PLACES = 8;

/** Small things this browser remembers: the language chosen, and the rooms visited, latest first. */
export class Settings {
    #scope;

    /** `scope` keeps several Warungs on one host apart. */
    constructor(scope) {
        this.#scope = scope;
    }

    get language() {
        return this.#read('language');
    }

    set language(tag) {
        this.#write('language', tag);
    }

    get places() {
        const places = this.#read('places');
        return Array.isArray(places) ? places : [];
    }

    visited(room) {
        this.#write('places', [room, ...this.places.filter((place) => place !== room)].slice(0, MOST_PLACES));
    }

    #read(name) {
        try {
            return JSON.parse(localStorage.getItem(`warung:${this.#scope}:${name}`));
        } catch {
            return null;
        }
    }

    #write(name, value) {
        try {
            localStorage.setItem(`warung:${this.#scope}:${name}`, JSON.stringify(value));
        } catch (fault) {
            console.warn(`The ${name} could not be kept.`, fault);
        }
    }
}
