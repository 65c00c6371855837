import { cameByKeys, isComposing, lead } from './intent.js';

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const LETTERS = { r: 'reply', e: 'edit' };
/** What cannot be undone by a key is only pointed at in the menu: Enter does it there. */
const POINTED = { l: 'link', Delete: 'delete', Backspace: 'delete' };

/**
 * Leads the focus from message to message with the arrow keys, and tells what other keys want of the one that has it. Letters
 * and deletion only count where keys have led the focus.
 */
export class RowKeys {
    #view;
    #list;
    #wanted;

    /** `wanted(name, message, at)` is called with the name of an action, or with `menu` and the action to point `at`. */
    constructor(view, list, wanted) {
        this.#view = view;
        this.#list = list;
        this.#wanted = wanted;
        view.addEventListener('keydown', (event) => this.#pressed(event));
    }

    #pressed(event) {
        const { target, key } = event;
        const message = target.closest('li.message');
        if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || (target !== this.#view && target !== message)) return;
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
        if (key === 'Enter' || key === 'ContextMenu' || (key === 'F10' && shiftKey)) this.#want(event, message, 'menu');
        else if (cameByKeys() && LETTERS[key]) this.#want(event, message, LETTERS[key]);
        else if (cameByKeys() && POINTED[key]) this.#want(event, message, 'menu', POINTED[key]);
    }

    /** A key that is held down has been pressed once. */
    #want(event, message, name, at) {
        event.preventDefault();
        if (!event.repeat) this.#wanted(name, message, at);
    }

    #isInSight(node) {
        const [own, view] = [node.getBoundingClientRect(), this.#view.getBoundingClientRect()];
        return own.top < view.bottom && own.bottom > view.top;
    }
}
