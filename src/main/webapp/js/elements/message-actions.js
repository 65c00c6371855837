import { placeIn } from '../model/address.js';
import { cameByKeys, isComposing, lead, letterOf } from './intent.js';
import { reactionTo } from './reactions.js';
import { Touch } from './touch.js';

const OF_ITEM = new Set(['retry', 'takeback', 'discard']);

/** Recognises actions on a message, by click, finger or key, and passes them to the timeline or the page. */
export class MessageActions {
    #timeline;

    constructor(timeline, view, list) {
        this.#timeline = timeline;
        view.addEventListener('click', (event) => this.#clicked(event));
        view.addEventListener('keydown', (event) => pressWords(event));
        new Touch(view, {
            pressed: (message) => this.#pass('menu', message),
            swiped: (message) => this.#pass('reply', message),
        });
        new RowKeys(view, list, (name, message, at) => this.#pass(name, message, at));
    }

    #clicked(event) {
        const message = event.target.closest('li.message');
        const button = event.target.closest('[data-do]');
        const link = event.target.closest('a');
        const { seq } = placeIn(link?.hash ?? '');
        const code = button?.closest('.code');
        if (code) return this.#onCode(button.dataset.do, code);
        if (button?.dataset.do === 'react') return this.#react(message.row, button.dataset.emoji);
        if (button?.dataset.do === 'pick') return this.#pick(message.row, button);
        if (button?.dataset.do === 'person') return this.#showPerson(message.row, button);
        if (button) return this.#pass(button.dataset.do, message);
        if (link?.href === location.href && seq != null) this.#timeline.goTo(seq);
    }

    #react(row, emoji) {
        if (this.#timeline.actionsOf(row).includes('react')) this.#timeline.dispatch('react', reactionTo(row, emoji));
    }

    #pick(row, button) {
        if (this.#timeline.actionsOf(row).includes('react'))
            this.#timeline.dispatch('pick', { row, box: button.getBoundingClientRect() });
    }

    /** Shows the card of the author, or of the one whom a mention names. */
    #showPerson({ entry, item }, button) {
        const { id, name } = button.dataset.id ? button.dataset : (entry?.from ?? {});
        if (!id || item) return;
        this.#timeline.dispatch('person', { person: { id, name }, box: button.getBoundingClientRect() });
    }

    #onCode(name, code) {
        if (name === 'wrap-code') code.classList.toggle('wrapped');
        else this.#timeline.dispatch('copy', { text: code.querySelector('code').textContent });
    }

    #pass(name, message, at) {
        const timeline = this.#timeline;
        const row = message?.row;
        const actions = timeline.actionsOf(row);
        if (name === 'earlier' || name === 'later') timeline.more(name);
        else if (name === 'jump') timeline.goTo(row.quote.seq);
        else if (name === 'undo') timeline.dispatch('discard', row.change);
        else if (OF_ITEM.has(name)) timeline.dispatch(name, row.item ?? row.failed);
        else if (name === 'menu')
            timeline.dispatch('menu', { row, actions, box: message.getBoundingClientRect(), at: at ?? null });
        else if (actions.includes(name)) timeline.dispatch(name, row);
    }
}

/** Names in a message are words that can be pressed: as buttons they could not be selected and copied. */
function pressWords(event) {
    const { target, key, repeat } = event;
    if (!target.matches('[data-do=person]') || (key !== 'Enter' && key !== ' ')) return;
    event.preventDefault();
    if (!repeat) target.click();
}

/**
 * Links and quotes are reached with Tab from their message alone: so they do not stand between the composer and what is
 * above the messages.
 */
export function tabWithin(list) {
    const turn = (message, tabIndex) => {
        const inside = message?.querySelectorAll('.text a, .text .ways button, .quote, .pill, [role=button]') ?? [];
        for (const node of inside) node.tabIndex = tabIndex;
    };
    const messageOf = ({ target }) => target.closest('li.message');
    list.addEventListener('focusin', (event) => turn(messageOf(event), 0));
    list.addEventListener('focusout', (event) => {
        const message = messageOf(event);
        if (!message?.contains(event.relatedTarget)) turn(message, -1);
    });
}

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const LETTERS = { r: 'reply', e: 'edit' };
/** The keys for actions that a key cannot undo: they only focus the menu item, and Enter confirms. */
const POINTED = { l: 'link', Delete: 'delete', Backspace: 'delete' };

/**
 * Moves the focus from message to message with the arrow keys, and reports what other keys mean for the focused one.
 * Letters and deletion only count where keys have moved the focus.
 */
export class RowKeys {
    #view;
    #list;
    #wanted;

    /**
     * `wanted(name, message, at)` is called with the name of an action, or with `menu` and the action to focus, `at`.
     */
    constructor(view, list, wanted) {
        this.#view = view;
        this.#list = list;
        this.#wanted = wanted;
        view.addEventListener('keydown', (event) => this.#pressed(event));
    }

    #pressed(event) {
        const { target, key } = event;
        const message = target.closest('li.message');
        if (
            isComposing(event) ||
            event.ctrlKey ||
            event.metaKey ||
            event.altKey ||
            (target !== this.#view && target !== message)
        )
            return;
        if (key in STEPS && !event.shiftKey) this.#step(event, message, STEPS[key]);
        else if (message) this.#act(event, message);
    }

    #step(event, message, by) {
        event.preventDefault();
        const messages = [...this.#list.querySelectorAll('li.message')];
        const inSight = messages.filter((each) => this.#isInSight(each));
        const next = message ? messages[messages.indexOf(message) + by] : inSight.at(by < 0 ? -1 : 0);
        if (next ?? message) lead();
        next?.focus({ preventScroll: true });
        next?.scrollIntoView({ block: 'nearest' });
    }

    #act(event, message) {
        const { key, shiftKey } = event;
        const letter = letterOf(event);
        if (key === 'Enter' || key === 'ContextMenu' || (key === 'F10' && shiftKey)) this.#want(event, message, 'menu');
        else if (cameByKeys() && LETTERS[letter]) this.#want(event, message, LETTERS[letter]);
        else if (cameByKeys() && POINTED[letter]) this.#want(event, message, 'menu', POINTED[letter]);
    }

    /** Reports an action; a key that is held down counts once. */
    #want(event, message, name, at) {
        event.preventDefault();
        if (!event.repeat) this.#wanted(name, message, at);
    }

    #isInSight(node) {
        const [own, view] = [node.getBoundingClientRect(), this.#view.getBoundingClientRect()];
        return own.top < view.bottom && own.bottom > view.top;
    }
}
