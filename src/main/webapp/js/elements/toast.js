import { t } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';

const SHOWN_MS = 4_000;

/** A short confirmation of an action, which disappears by itself. */
export class ToastElement extends PageElement {
    #words;
    #timer = null;

    build() {
        this.#words = h('p', { role: 'status' });
        this.append(this.#words);
    }

    /** Shows the text `toast.name`. */
    tell(name) {
        this.#words.textContent = t(`toast.${name}`);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => (this.#words.textContent = ''), SHOWN_MS);
    }
}
