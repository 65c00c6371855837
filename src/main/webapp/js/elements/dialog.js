import '../i18n/dialog-texts.js';
import { t, tOr, waitText } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';
import { closeIcon } from './icons.js';

/** Says what the server refused, a `ChatError`, and when to try again. */
export function faultText({ code, retryAfterMs }) {
    return tOr('asked', code, { wait: waitText(retryAfterMs) });
}

/** A dialog over the page. Its button, Escape, and a click beside it close it. */
export class DialogElement extends PageElement {
    #dialog;
    #title;
    #close;
    #fault;

    build() {
        const id = `${this.localName}-title`;
        this.#title = h('h2', { id, dir: 'auto' });
        this.#close = h('button', { type: 'button', class: 'bare', onclick: () => this.close() }, closeIcon());
        this.#fault = h('p', { class: 'fault', role: 'alert' });
        this.#dialog = h(
            'dialog',
            { 'aria-labelledby': id },
            h(
                'div',
                { class: 'sheet' },
                h('div', { class: 'head' }, this.#title, this.#close),
                ...this.content(),
                this.#fault,
            ),
        );
        this.#dialog.addEventListener('click', ({ target }) => target === this.#dialog && this.close());
        this.append(this.#dialog);
    }

    render() {
        this.#title.textContent = this.heading;
        this.#close.setAttribute('aria-label', t('keys.close'));
    }

    get isOpen() {
        return this.#dialog.open;
    }

    open() {
        this.fault = null;
        if (!this.#dialog.open) this.#dialog.showModal();
    }

    close() {
        this.#dialog.close();
    }

    /** Sets the error of an action of this dialog, a `ChatError`; null when there was no error. */
    set fault(fault) {
        this.#fault.textContent = fault ? faultText(fault) : '';
    }

    /** Returns the nodes below the title. */
    content() {
        return [];
    }
}
