import { t } from '../i18n/i18n.js';
import { closedAt, emojiFor, emojiNamed, wantedAt } from '../model/completion.js';
import { peopleFor } from '../model/people.js';
import { avatar } from './avatar.js';
import { h } from './dom.js';

const MOST = 6;
const STEPS = { ArrowUp: -1, ArrowDown: 1 };

/**
 * Suggests people after an `@` and emoji after a `:`, above a field. Enter, Tab, a click or a tap accepts a suggestion.
 */
export class Completion {
    node = h('ul', { class: 'completion', id: 'completion', role: 'listbox', hidden: true });
    /** `people(word, offer)` calls `offer` with people who can be mentioned, possibly several times. */
    people = () => {};
    #field;
    #taken;
    #wanted = null;
    #offers = [];
    #at = 0;

    /** `taken(person)` is called after something was inserted into the `field`; `person` is null for an emoji. */
    constructor(field, taken) {
        this.#field = field;
        this.#taken = taken;
        field.setAttribute('aria-autocomplete', 'list');
        field.addEventListener('blur', () => this.close());
        this.node.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
        this.node.addEventListener('click', ({ target }) => this.#clicked(target.closest('li')));
    }

    /** Updates the suggestions from the text before the caret. */
    look() {
        const { value, selectionStart: caret } = this.#field;
        const closed = closedAt(value, caret);
        const emoji = closed && emojiNamed(closed.word);
        if (emoji) this.#field.setRangeText(emoji, closed.from, caret, 'end');
        const wanted = emoji ? null : wantedAt(value, caret);
        this.close();
        this.#wanted = wanted;
        if (wanted?.type === 'emoji') this.#offer(emojiFor(wanted.word, MOST));
        if (wanted?.type === 'person')
            this.people(
                wanted.word,
                (people) => this.#wanted === wanted && this.#offer(peopleFor(wanted.word, people)),
            );
    }

    close() {
        this.#wanted = null;
        this.#at = 0;
        this.#offer([]);
    }

    /** Handles a key; true when it was meant for the suggestions. */
    takes(event) {
        if (this.#offers.length === 0 || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
        if (event.key in STEPS) this.#choose(this.#at + STEPS[event.key]);
        else if (event.key === 'Enter' || event.key === 'Tab') this.#take(this.#offers[this.#at]);
        else if (event.key === 'Escape') this.close();
        else return false;
        event.preventDefault();
        event.stopPropagation();
        return true;
    }

    #clicked(option) {
        if (option) this.#take(this.#offers[[...this.node.children].indexOf(option)]);
    }

    #offer(offers) {
        this.#offers = offers.slice(0, MOST);
        this.node.hidden = offers.length === 0;
        this.node.setAttribute('aria-label', t('compose.completion'));
        this.node.replaceChildren(...this.#offers.map(option));
        this.#choose(this.#at < this.#offers.length ? this.#at : 0);
    }

    #choose(index) {
        const options = [...this.node.children];
        this.#at = (index + options.length) % (options.length || 1);
        options.forEach((node, i) => node.setAttribute('aria-selected', String(i === this.#at)));
        options[this.#at]?.scrollIntoView({ block: 'nearest' });
        if (options.length > 0) this.#field.setAttribute('aria-activedescendant', options[this.#at].id);
        else this.#field.removeAttribute('aria-activedescendant');
    }

    #take(offer) {
        const person = offer.id ? offer : null;
        this.#field.setRangeText(
            person ? `@${person.name} ` : offer.emoji,
            this.#wanted.from,
            this.#field.selectionStart,
            'end',
        );
        this.close();
        this.#taken(person);
    }
}

function option(offer, i) {
    const given = { id: `completion-${i}`, role: 'option' };
    if (offer.id) return h('li', given, avatar(offer), h('bdi', { text: offer.name }));
    return h('li', given, h('span', { class: 'emoji', text: offer.emoji }), h('span', { text: offer.name }));
}
