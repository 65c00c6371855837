import { h, PageElement } from './dom.js';

const MARGIN_PX = 8;

/** Places an open dialog below the start of what it is about, as far as there is room. */
export function placeBeside(dialog, { left, top }) {
    const { offsetWidth, offsetHeight, style } = dialog;
    style.left = `${Math.max(MARGIN_PX, Math.min(left + 60, innerWidth - offsetWidth - MARGIN_PX))}px`;
    style.top = `${Math.max(MARGIN_PX, Math.min(top + 28, innerHeight - offsetHeight - MARGIN_PX))}px`;
}

/**
 * A small dialog beside what it is about; on a phone, a sheet at the bottom edge. Escape and a click beside it close
 * it, and the focus goes back.
 */
export class PopupElement extends PageElement {
    dialog;
    #from = [];
    #box = null;

    build() {
        const kind = this.localName.replace('warung-', '');
        this.dialog = h('dialog', { class: `menu ${kind}`, onclose: () => this.#closed() });
        this.dialog.addEventListener('click', ({ target }) => target === this.dialog && this.close());
        this.dialog.append(...this.content());
        this.append(this.dialog);
    }

    get isOpen() {
        return this.dialog.open;
    }

    /** Opens beside `box`, a place on the page. */
    open(box) {
        const { activeElement } = document;
        if (!this.isOpen) {
            // the buttons of a message go when the focus leaves it
            this.#from = [activeElement, activeElement?.closest('li.message')];
            this.dialog.showModal();
        }
        this.#box = box;
        this.fit();
    }

    /** Finds the place again: what is in the dialog has changed. */
    fit() {
        placeBeside(this.dialog, this.#box);
    }

    close() {
        this.dialog.close();
    }

    /** Returns the nodes of the dialog. */
    content() {
        return [];
    }

    #closed() {
        const { activeElement } = document;
        const isElsewhere = activeElement && activeElement !== document.body && !this.dialog.contains(activeElement);
        if (isElsewhere) return;
        this.#from.find((node) => node?.isConnected)?.focus({ preventScroll: true });
    }
}
