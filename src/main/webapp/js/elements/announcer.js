import { t } from '../i18n/i18n.js';
import { cut } from '../model/graphemes.js';

const PAUSE_MS = 2_000;
const LONGEST = 200;

/**
 * Announces the messages of others to screen readers: one in full, several as a number, at most once in two seconds.
 */
export class Announcer {
    #region;
    #waiting = [];
    #timer = null;

    constructor(region) {
        this.#region = region;
    }

    said(message) {
        this.#waiting.push(message);
        this.#timer ??= setTimeout(() => this.#speak(), this.#waiting.length > 1 ? PAUSE_MS : 100);
    }

    #speak() {
        const [{ from, text }] = this.#waiting;
        const n = this.#waiting.length;
        this.#region.textContent =
            n === 1 ? t('announce.said', { name: from.name, text: cut(text, LONGEST) }) : t('announce.many', { n });
        this.#waiting = [];
        this.#timer = setTimeout(() => {
            this.#timer = null;
            if (this.#waiting.length > 0) this.#speak();
        }, PAUSE_MS);
    }
}
