/** How the ids of guests begin, as in `isGuest`, whose module need not load before the sign-in. */
const GUEST = 'u-';

/** The settings in this browser. They are read again each time: another page may have changed them. */
export class Settings {
    #left = false;
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
        if (!this.#left) this.#write('place', room);
    }

    /** The id of the user whose drafts and unsent messages are in this browser, or null. */
    get owner() {
        return this.#read('owner');
    }

    set owner(id) {
        this.#write('owner', id);
    }

    /** Whether what is kept here may be that of somebody other than the user `id`; a guest goes on as somebody else. */
    isOfOther(id) {
        const { owner } = this;
        return owner != null && owner !== id && !owner.startsWith(GUEST);
    }

    /** Forgets what concerns the user, not the browser. If `forGood`, this page notes no place any more. */
    forgetUser(forGood = false) {
        this.#left = forGood;
        for (const name of ['owner', 'place', 'muted', 'emoji', 'tone']) this.#write(name, null);
    }

    /** Why the user has to sign in again, for the page that loads next in this tab. */
    set ended(reason) {
        try {
            sessionStorage.setItem(`warung:${this.#scope}:ended`, reason);
        } catch (fault) {
            console.warn('The reason could not be kept.', fault);
        }
    }

    /** Returns that reason, once; null if there is none. */
    takeEnded() {
        try {
            const key = `warung:${this.#scope}:ended`;
            const reason = sessionStorage.getItem(key);
            sessionStorage.removeItem(key);
            return reason;
        } catch {
            return null;
        }
    }

    /** Whether the user has seen the hints. */
    get hinted() {
        return this.#read('hinted') === true;
    }

    set hinted(hinted) {
        this.#write('hinted', hinted);
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

    /** The hours without notifications, `{from, to}` as `HH:MM`, or null. */
    get quiet() {
        const { from, to } = this.#read('quiet') ?? {};
        const is = [from, to].every((time) => /^\d\d:\d\d$/.test(time));
        return is ? { from, to } : null;
    }

    set quiet(quiet) {
        this.#write('quiet', quiet);
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

    /** The emoji used lately, the latest first. */
    get recentEmoji() {
        const recent = this.#read('emoji');
        return Array.isArray(recent) ? recent.filter((emoji) => typeof emoji === 'string') : [];
    }

    set recentEmoji(recent) {
        this.#write('emoji', recent);
    }

    /** The skin tone of emoji, from 0 (none) to 5. */
    get tone() {
        const tone = this.#read('tone');
        return Number.isInteger(tone) ? tone : 0;
    }

    set tone(tone) {
        this.#write('tone', tone);
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
