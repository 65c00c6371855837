/**
 * What a page had begun to write into the database when it was left: kept in the local storage, which does not make it wait,
 * and done by the page that comes next. Where the local storage is shut off, that is lost.
 */
export class Farewell {
    #prefix;
    #tab;

    /** `scope` keeps several Warungs on one host apart; `tab` is the id of this page. */
    constructor(scope, tab) {
        this.#prefix = `warung:${scope}:undone:`;
        this.#tab = tab;
    }

    leave(undone) {
        try {
            localStorage.setItem(this.#prefix + this.#tab, JSON.stringify(undone));
        } catch (fault) {
            console.warn('What was being written could not be kept.', fault);
        }
    }

    /** This page goes on after all. */
    stay() {
        try {
            localStorage.removeItem(this.#prefix + this.#tab);
        } catch {
            // Shut off: then there is nothing to remove.
        }
    }

    /** What pages have left undone, once. */
    take() {
        try {
            const names = Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix));
            return names.map((name) => {
                const undone = JSON.parse(localStorage.getItem(name));
                localStorage.removeItem(name);
                return undone;
            });
        } catch {
            return []; // Shut off, or not ours.
        }
    }
}
