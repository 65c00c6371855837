import { t } from '../i18n/i18n.js';
import { h } from './dom.js';
import { deleteIcon, editIcon, linkIcon, replyIcon } from './icons.js';

/** The sign of each thing that can be done with a message. */
export const ICONS = { reply: replyIcon, edit: editIcon, link: linkIcon, delete: deleteIcon };

/** A few buttons on the message under the pointer, or on the one that has the focus. A finger gets a menu instead. */
export class Toolbar {
    #node = h('div', { class: 'tools' });
    #actionsOf;

    /** `actionsOf(row)` are the names of what may be done with it. */
    constructor(list, actionsOf) {
        this.#actionsOf = actionsOf;
        list.addEventListener('pointerover', ({ target, pointerType }) => pointerType === 'mouse' && this.#offer(target));
        list.addEventListener('focusin', ({ target }) => this.#offer(target));
        list.addEventListener('pointerleave', () => this.#node.remove());
        list.addEventListener('focusout', ({ relatedTarget }) => !list.contains(relatedTarget) && this.#node.remove());
    }

    #offer(target) {
        const message = target.closest('li.message');
        if (!message || this.#node.parentNode === message) return;
        const names = this.#actionsOf(message.row);
        this.#node.replaceChildren(...names.map(button));
        if (names.length > 0) message.append(this.#node);
        else this.#node.remove();
    }
}

function button(name) {
    const label = t(`action.${name}`);
    return h('button', { type: 'button', class: 'bare', 'data-do': name, 'aria-label': label, title: label }, ICONS[name]());
}
