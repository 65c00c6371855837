import { t } from '../i18n/i18n.js';
import { h } from './dom.js';
import { copyIcon, deleteIcon, editIcon, linkIcon, replyIcon, unreadIcon } from './icons.js';
import { atHandNodes } from './reactions.js';

/** The icon of each action on a message. */
export const ICONS = {
    reply: replyIcon,
    edit: editIcon,
    copy: copyIcon,
    link: linkIcon,
    unread: unreadIcon,
    delete: deleteIcon,
};

/** A few buttons on the message that has the pointer or the focus. On a touch screen there is a menu instead. */
export class Toolbar {
    #node = h('div', { class: 'tools' });
    #actionsOf;

    /** `actionsOf(row)` returns the names of the permitted actions. */
    constructor(list, actionsOf) {
        this.#actionsOf = actionsOf;
        list.addEventListener(
            'pointerover',
            ({ target, pointerType }) => pointerType === 'mouse' && this.#offer(target),
        );
        list.addEventListener('focusin', ({ target }) => this.#offer(target));
        list.addEventListener('pointerleave', () => this.#node.remove());
        list.addEventListener('focusout', ({ relatedTarget }) => !list.contains(relatedTarget) && this.#node.remove());
    }

    #offer(target) {
        const message = target.closest('li.message');
        if (!message || this.#node.parentNode === message) return;
        const all = this.#actionsOf(message.row);
        const names = all.filter((name) => name in ICONS && name !== 'copy'); // a mouse can select
        this.#node.replaceChildren(...(all.includes('react') ? atHandNodes() : []), ...names.map(button));
        if (names.length > 0) message.append(this.#node);
        else this.#node.remove();
    }
}

function button(name) {
    const label = t(`action.${name}`);
    return h(
        'button',
        { type: 'button', class: 'bare', 'data-do': name, 'aria-label': label, title: label },
        ICONS[name](),
    );
}
