import { h } from './dom.js';
import { isComposing } from './intent.js';

/**
 * A field with choices below it: the arrow keys move among them, Enter or a click chooses. While an input method
 * composes, all keys belong to it.
 */
export class Combobox {
    #chosen;
    #choices = [];
    #at = -1;
    #text = '';

    /**
     * `typed(text)` is called when the text has changed, `chosen(value)` with the choice, or with null if there was
     * none; `ended()`, if given, when the user has scrolled to the end.
     */
    constructor(id, { typed, chosen, ended }) {
        this.#chosen = chosen;
        this.list = h('ul', {
            id: `${id}-choices`,
            class: 'choices',
            role: 'listbox',
            hidden: true,
            onmousedown: (event) => event.preventDefault(),
            onclick: (event) => this.#clicked(event),
            onscroll: () => this.#nearEnd && ended?.(),
        });
        this.nothing = h('p', { class: 'hint', 'aria-live': 'polite' });
        this.field = h('input', {
            id,
            maxlength: 64,
            role: 'combobox',
            dir: 'auto',
            autocomplete: 'off',
            autocapitalize: 'none',
            spellcheck: false,
            'aria-autocomplete': 'list',
            'aria-controls': this.list.id,
            'aria-expanded': 'false',
            oninput: () => typed(this.text),
            onkeydown: (event) => this.#pressed(event),
        });
    }

    get #nearEnd() {
        const { scrollTop, clientHeight, scrollHeight } = this.list;
        return scrollHeight - scrollTop < 2 * clientHeight;
    }

    get text() {
        return this.field.value.trim();
    }

    /**
     * Shows `choices`, `{value, nodes}`, or if there are none, the words `nothing`. When more arrive for the same
     * text, the selected one stays selected.
     */
    show(choices, nothing = null) {
        this.nothing.textContent = choices.length === 0 ? (nothing ?? '') : '';
        const top = this.#text === this.text ? this.list.scrollTop : 0;
        const before = this.#at > 0 && this.#text === this.text ? JSON.stringify(this.#choices[this.#at].value) : null;
        this.#text = this.text;
        const nodeOf = ({ nodes }, i) => h('li', { id: `${this.list.id}-${i}`, role: 'option' }, ...nodes);
        this.#choices = choices.map((choice, i) => ({ ...choice, node: nodeOf(choice, i) }));
        this.list.replaceChildren(...this.#choices.map(({ node }) => node));
        this.list.hidden = this.#choices.length === 0;
        this.field.setAttribute('aria-expanded', String(!this.list.hidden));
        const same = this.#choices.findIndex(({ value }) => JSON.stringify(value) === before);
        this.#moveTo(Math.max(same, Math.min(0, this.#choices.length - 1)));
        this.list.scrollTop = top;
    }

    #moveTo(at) {
        this.#at = at;
        this.#choices.forEach(({ node }, i) => node.setAttribute('aria-selected', String(i === at)));
        const { node } = this.#choices[at] ?? {};
        if (!node) return this.field.removeAttribute('aria-activedescendant');
        this.field.setAttribute('aria-activedescendant', node.id);
        node.scrollIntoView({ block: 'nearest' });
    }

    #pressed(event) {
        if (isComposing(event)) return;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && this.#choices.length > 0)
            this.#moveTo((this.#at + step + this.#choices.length) % this.#choices.length);
        else if (event.key === 'Enter') this.#chosen(this.#choices[this.#at]?.value);
        else return;
        event.preventDefault();
    }

    #clicked({ target }) {
        const node = target.closest('[role=option]');
        const choice = this.#choices.find((each) => each.node === node);
        if (choice) this.#chosen(choice.value);
    }
}
