/** The settings in this browser. They are read again each time: another page may have changed them. */
export class Settings {
    #scope;

    /** `scope` separates several Warungs on one host. */
    constructor(scope) {
        this.#scope = scope;
    }

    /** False where the browser blocks storage. */
    get works() {
        try {
            const key = `warung:${this.#scope}:probe`;
            localStorage.setItem(key, '1');
            localStorage.removeItem(key);
            return true;
        } catch {
            return false;
        }
    }

    /** The chosen language, or null. */
    get language() {
        return this.#read('language');
    }

    set language(tag) {
        this.#write('language', tag);
    }

    /** The name of the last room, or null. */
    get place() {
        return this.#read('place');
    }

    set place(room) {
        this.#write('place', room);
    }

    /** Which messages cause a notification: one of `LEVELS`. */
    get level() {
        return this.#read('notify') ?? 'none';
    }

    set level(level) {
        this.#write('notify', level);
    }

    /** Whether notifications make a sound. */
    get sound() {
        return this.#read('sound') === true;
    }

    set sound(sound) {
        this.#write('sound', sound);
    }

    /** The names of the muted rooms. */
    get muted() {
        const muted = this.#read('muted');
        return new Set(Array.isArray(muted) ? muted : []);
    }

    mute(room, silent) {
        const { muted } = this;
        if (silent) muted.add(room);
        else muted.delete(room);
        this.#write('muted', [...muted]);
    }

    /** Calls `act` when another page has set `name`: `language`, `place`, `notify`, `sound` or `muted`. */
    onChange(name, act) {
        addEventListener('storage', ({ key }) => key === `warung:${this.#scope}:${name}` && act());
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
