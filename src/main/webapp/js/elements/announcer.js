import { t } from '../i18n/i18n.js';
import { cut } from '../model/graphemes.js';

const PAUSE_MS = 2_000;
const LONGEST = 200;

/**
 * Announces to screen readers what has failed, and the messages of others: one in full, several as a number. It speaks
 * at most once in two seconds.
 */
export class Announcer {
    #region;
    #failures = [];
    #waiting = [];
    #timer = null;

    constructor(region) {
        this.#region = region;
    }

    /** Somebody else has posted `message`. */
    said(message) {
        this.#waiting.push(message);
        this.#timer ??= setTimeout(() => this.#speak(), this.#waiting.length > 1 ? PAUSE_MS : 100);
    }

    /** Something of the user's has failed, as these `words` say. */
    failed(words) {
        this.#failures.push(words);
        this.#timer ??= setTimeout(() => this.#speak(), 100);
    }

    #speak() {
        this.#region.textContent = this.#failures.shift() ?? this.#messages();
        this.#timer = setTimeout(() => {
            this.#timer = null;
            if (this.#failures.length + this.#waiting.length > 0) this.#speak();
        }, PAUSE_MS);
    }

    #messages() {
        const [{ from, text }] = this.#waiting;
        const n = this.#waiting.length;
        this.#waiting = [];
        return n === 1 ? t('announce.said', { name: from.name, text: cut(text, LONGEST) }) : t('announce.many', { n });
    }
}
