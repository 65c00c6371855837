import { t } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';
import { deleteIcon, editIcon, linkIcon, replyIcon } from './icons.js';

const MARGIN_PX = 8;

/** The icon of each action on a message. */
const ICONS = { reply: replyIcon, edit: editIcon, link: linkIcon, delete: deleteIcon };

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
        const names = this.#actionsOf(message.row);
        this.#node.replaceChildren(...names.map(button));
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

/** A menu of the actions on one message: beside it on a desktop, at the bottom edge on a phone. */
export class MenuElement extends PageElement {
    #dialog;
    #row = null;

    build() {
        this.#dialog = h('dialog', {
            class: 'menu',
            onclick: (event) => this.#clicked(event),
            onkeydown: (event) => this.#pressed(event),
        });
        this.append(this.#dialog);
    }

    /**
     * Opens for the message of `row`, whose position on the page is `box`, with the names of the permitted actions;
     * `at` is the one to focus, if only that one is wanted.
     */
    show(row, actions, box, at) {
        const pointed = at ?? actions[0];
        if (!actions.includes(pointed)) return;
        this.#row = row;
        this.#dialog.setAttribute('aria-label', t('action.menu'));
        this.#dialog.replaceChildren(...actions.map(item));
        this.#dialog.showModal();
        this.#place(box);
        this.#dialog.children[actions.indexOf(pointed)].focus();
    }

    /** Places the menu below the start of the message, as far as there is room. */
    #place({ left, top }) {
        const { offsetWidth, offsetHeight, style } = this.#dialog;
        style.left = `${Math.max(MARGIN_PX, Math.min(left + 60, innerWidth - offsetWidth - MARGIN_PX))}px`;
        style.top = `${Math.max(MARGIN_PX, Math.min(top + 28, innerHeight - offsetHeight - MARGIN_PX))}px`;
    }

    #clicked({ target }) {
        const name = target.closest('button')?.dataset.do;
        if (!name && target !== this.#dialog) return;
        this.#dialog.close();
        if (name) this.dispatch(name, this.#row);
    }

    /** Ignores a key that has been held down since it opened the menu. */
    #pressed(event) {
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        const buttons = [...this.#dialog.children];
        buttons.at((buttons.indexOf(document.activeElement) + by) % buttons.length).focus();
    }
}

function item(name) {
    return h('button', { type: 'button', 'data-do': name }, ICONS[name](), h('span', { text: t(`action.${name}`) }));
}
