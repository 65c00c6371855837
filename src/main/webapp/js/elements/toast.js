import { t } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';

const SHOWN_MS = 4_000;

/** Short confirmations of actions, which disappear by themselves, each in its time: the latest is below the others. */
export class ToastElement extends PageElement {
    #list = h('div', { role: 'status', 'aria-atomic': 'false' });

    build() {
        this.append(this.#list);
    }

    /** Shows the text `toast.name`; one that is still there only stays longer. */
    tell(name) {
        const text = t(`toast.${name}`);
        const [same] = [...this.#list.children].filter((each) => each.textContent === text);
        same?.remove();
        const node = h('p', { text });
        this.#list.append(node);
        setTimeout(() => node.remove(), SHOWN_MS);
    }
}
