/** Small things this browser remembers. Read anew each time: another page of ours may have changed them. */
export class Settings {
    #scope;

    /** `scope` keeps several Warungs on one host apart. */
    constructor(scope) {
        this.#scope = scope;
    }

    /** The language that was chosen, or null. */
    get language() {
        return this.#read('language');
    }

    set language(tag) {
        this.#write('language', tag);
    }

    /** The name of the room one was in last, or null. */
    get place() {
        return this.#read('place');
    }

    set place(room) {
        this.#write('place', room);
    }

    /** What is worth a notice: one of `LEVELS`. */
    get level() {
        return this.#read('notify') ?? 'none';
    }

    set level(level) {
        this.#write('notify', level);
    }

    /** Whether that makes a sound. */
    get sound() {
        return this.#read('sound') === true;
    }

    set sound(sound) {
        this.#write('sound', sound);
    }

    /** The names of the rooms that are not to disturb. */
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
