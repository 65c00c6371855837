import { t } from '../i18n/i18n.js';
import { closedAt, emojiFor, emojiNamed, wantedAt } from '../model/completion.js';
import { EVERYBODY, unknownIn } from '../model/mentions.js';
import { callsFor, isWhole, peopleFor } from '../model/people.js';
import { avatar, nameNode } from './avatar.js';
import { h, insert } from './dom.js';
import { peopleIcon } from './icons.js';

const MOST = 6;
const STEPS = { ArrowUp: -1, ArrowDown: 1 };
/** Where there is no room yet, nobody is known. */
const NOBODY = { near: () => [], find: async () => [], mayCall: () => false };

/**
 * Suggests people after an `@` and emoji after a `:`, above a field. Tab, a click or a tap accepts a suggestion; so
 * does Enter, when a name has begun and is not whole, or the arrow keys have chosen.
 */
export class Completion {
    node = h('ul', { class: 'completion', id: 'completion', role: 'listbox', hidden: true });
    /**
     * Whom a message can mention: `near()` returns those who are known at once, and `find(word)` resolves with others,
     * or with null if they cannot be asked for; `mayCall()` says whether it can call everybody.
     */
    people = NOBODY;
    #found = [];
    #asked = new Set();
    #field;
    #taken;
    #wanted = null;
    /** A mention that is finished or dismissed, `{from, text}`: there is no list while the text goes on from there. */
    #done = null;
    #offers = [];
    #at = -1;
    /** True when the arrow keys have chosen. */
    #chosen = false;

    /** `taken(person)` is called before a name is inserted into the `field`. */
    constructor(field, taken) {
        this.#field = field;
        this.#taken = taken;
        field.setAttribute('aria-autocomplete', 'list');
        field.addEventListener('blur', () => this.close());
        this.node.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
        this.node.addEventListener('click', ({ target }) => this.#clicked(target.closest('li')));
    }

    /** Forgets the people who were found for another room. */
    reset() {
        this.#found = [];
        this.#asked = new Set();
        this.#done = null;
    }

    /** Those who can be mentioned, as far as they are known. */
    get known() {
        return [...this.#people, ...this.#everybody];
    }

    get #people() {
        return [...this.people.near(), ...this.#found];
    }

    get #everybody() {
        return this.people.mayCall() ? EVERYBODY : [];
    }

    /** Updates the suggestions from the text before the caret, and looks for people whom the text mentions. */
    look() {
        const { value, selectionStart: caret } = this.#field;
        const closed = closedAt(value, caret);
        const emoji = closed && emojiNamed(closed.word);
        if (emoji) return insert(this.#field, emoji, closed.from, caret);
        this.close();
        this.#wanted = wantedAt(value, caret);
        if (this.#done && !value.startsWith(this.#done.text, this.#done.from)) this.#done = null;
        if (this.#wanted?.from === this.#done?.from) this.#wanted = null;
        if (this.#wanted?.type === 'emoji') this.#offer(emojiFor(this.#wanted.word, MOST));
        if (this.#wanted?.type === 'person') this.#suggest();
        if (/[@＠]/.test(value)) for (const word of unknownIn(value, this.known)) this.#find(word);
    }

    close() {
        this.#wanted = null;
        this.#chosen = false;
        this.#offer([]);
    }

    /** Handles a key; true when it was meant for the suggestions. */
    takes(event) {
        if (this.#offers.length === 0 || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
        if (event.key in STEPS) this.#step(STEPS[event.key]);
        else if (event.key === 'Tab') this.#take(this.#offers[Math.max(0, this.#at)]);
        else if (event.key === 'Enter' && this.#at >= 0) this.#take(this.#offers[this.#at]);
        else if (event.key === 'Escape') this.#dismiss();
        else return false;
        event.preventDefault();
        event.stopPropagation();
        return true;
    }

    #suggest() {
        const { word } = this.#wanted;
        this.#offerPeople();
        if (!/\s/.test(word)) this.#find(word);
    }

    /** Asks once for people with this name, and suggests them if they are wanted. */
    async #find(word) {
        if (this.#asked.has(word)) return;
        const asked = this.#asked.add(word);
        const found = await this.people.find(word);
        if (asked !== this.#asked) return;
        if (found) this.#found = [...this.#found, ...found];
        else asked.delete(word);
        if (this.#wanted?.type === 'person') this.#offerPeople();
    }

    /** Offers who has this name, and what calls everybody: in the language of the page, if nothing has begun. */
    #offerPeople() {
        const { word } = this.#wanted;
        const words = [t('call.all'), t('call.here')];
        const calls = callsFor(word, this.#everybody).filter(({ name }) => word !== '' || words.includes(name));
        this.#offer([...peopleFor(word, this.#people).slice(0, MOST - calls.length), ...calls]);
    }

    #dismiss() {
        const { from } = this.#wanted;
        this.#done = { from, text: this.#field.value.slice(from, this.#field.selectionStart) };
        this.close();
    }

    #clicked(option) {
        if (option) this.#take(this.#offers[[...this.node.children].indexOf(option)]);
    }

    /** Chooses the first of these, if Enter is to take it: not after a mere `@`, nor after a whole name. */
    #offer(offers) {
        const chosen = this.#chosen ? this.#offers[this.#at] : null;
        this.#offers = offers.slice(0, MOST);
        this.node.hidden = offers.length === 0;
        this.node.setAttribute('aria-label', t('compose.completion'));
        this.node.replaceChildren(...this.#offers.map((offer, i) => option(offer, i, this.#offers)));
        const again = chosen ? this.#offers.findIndex((offer) => keyOf(offer) === keyOf(chosen)) : -1;
        const { type, word } = this.#wanted ?? {};
        const begun = type === 'emoji' || (word && !isWhole(word, this.known));
        this.#choose(again >= 0 ? again : begun ? 0 : -1);
    }

    #step(by) {
        const n = this.#offers.length;
        this.#chosen = true;
        this.#choose(this.#at < 0 ? (by > 0 ? 0 : n - 1) : (this.#at + by + n) % n);
    }

    #choose(index) {
        const options = [...this.node.children];
        this.#at = index < options.length ? index : -1;
        options.forEach((node, i) => node.setAttribute('aria-selected', String(i === this.#at)));
        options[this.#at]?.scrollIntoView({ block: 'nearest' });
        if (this.#at >= 0) this.#field.setAttribute('aria-activedescendant', options[this.#at].id);
        else this.#field.removeAttribute('aria-activedescendant');
    }

    #take(offer) {
        const { from } = this.#wanted;
        const text = offer.emoji ?? `@${offer.name} `;
        if (offer.id) this.#taken(offer);
        if (!offer.emoji) this.#done = { from, text };
        const { selectionStart } = this.#field;
        this.close();
        insert(this.#field, text, from, selectionStart);
    }
}

function keyOf({ id, emoji, name }) {
    return id ?? emoji ?? name;
}

function option(offer, i, offers) {
    const people = offers.filter(({ id }) => id);
    const given = { id: `completion-${i}`, role: 'option' };
    if (offer.id) return h('li', given, avatar(offer), nameNode(offer, people));
    if (offer.calls) {
        const hint = h('span', { class: 'hint', text: t(`compose.to.${offer.calls}`) });
        return h('li', given, peopleIcon(), h('bdi', { text: offer.name }), hint);
    }
    return h('li', given, h('span', { class: 'emoji', text: offer.emoji }), h('span', { text: offer.name }));
}
