import { t } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';
import { closeIcon } from './icons.js';

/** A sheet over the page: closed by its button, by Escape, and by a click beside it. */
export class DialogElement extends PageElement {
    #dialog;
    #title;
    #close;

    build() {
        const id = `${this.localName}-title`;
        this.#title = h('h2', { id });
        this.#close = h('button', { type: 'button', class: 'bare', onclick: () => this.close() }, closeIcon());
        this.#dialog = h('dialog', { 'aria-labelledby': id }, h('div', { class: 'sheet' }, h('div', { class: 'head' }, this.#title, this.#close), ...this.content()));
        this.#dialog.addEventListener('click', ({ target }) => target === this.#dialog && this.close());
        this.append(this.#dialog);
    }

    say() {
        this.#title.textContent = this.heading;
        this.#close.setAttribute('aria-label', t('keys.close'));
    }

    get isOpen() {
        return this.#dialog.open;
    }

    open() {
        if (!this.#dialog.open) this.#dialog.showModal();
    }

    close() {
        this.#dialog.close();
    }

    /** The nodes below the title. */
    content() {
        return [];
    }
}
