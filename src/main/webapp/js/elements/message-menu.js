import { t } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';
import { placeBeside } from './popup.js';
import { atHandNodes, pictureOf, reactionTo, whoText } from './reactions.js';
import { ICONS } from './toolbar.js';

/** A menu of the actions on one message: beside it on a desktop, at the bottom edge on a phone. */
export class MenuElement extends PageElement {
    #dialog;
    #row = null;
    #box = null;
    /** True when the pointer was pressed here: the finger that opened the menu is still to be lifted. */
    #pressedHere = false;

    build() {
        this.#dialog = h('dialog', {
            class: 'menu',
            onpointerdown: () => (this.#pressedHere = true),
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
        this.#pressedHere = false;
        this.#dialog.setAttribute('aria-label', t('action.menu'));
        const names = actions.filter((name) => name in ICONS);
        const quick = actions.includes('react') ? [h('div', { class: 'quick' }, ...atHandNodes())] : [];
        this.#dialog.replaceChildren(...quick, ...names.map(item), ...(row.reactions ?? []).map(whoNode));
        this.#dialog.showModal();
        this.#box = box;
        placeBeside(this.#dialog, box);
        this.#dialog.querySelector(`:scope > [data-do="${pointed}"]`).focus();
    }

    close() {
        this.#dialog.close();
    }

    #clicked({ target, detail }) {
        if (detail > 0 && !this.#pressedHere) return;
        const { do: name, emoji } = target.closest('button')?.dataset ?? {};
        if (!name && target !== this.#dialog) return;
        this.#dialog.close();
        if (name === 'pick') this.dispatch('pick', { row: this.#row, box: this.#box });
        else if (name === 'react') this.dispatch('react', reactionTo(this.#row, emoji));
        else if (name) this.dispatch(name, this.#row);
    }

    /** Ignores a key that has been held down since it opened the menu. */
    #pressed(event) {
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        const buttons = [...this.#dialog.querySelectorAll('button')];
        buttons.at((buttons.indexOf(document.activeElement) + by) % buttons.length).focus();
    }
}

function item(name) {
    return h('button', { type: 'button', 'data-do': name }, ICONS[name](), h('span', { text: t(`action.${name}`) }));
}

/** Who has reacted, where nothing hovers. */
function whoNode(reaction) {
    const words = h('span', { dir: 'auto', text: whoText(reaction) });
    return h('p', { class: 'who' }, pictureOf(reaction.emoji), words);
}
