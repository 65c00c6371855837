const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const KEYS = { r: 'reply', e: 'edit', l: 'link', Delete: 'delete', Backspace: 'delete', Enter: 'menu', ContextMenu: 'menu' };

/** Leads the focus from message to message with the arrow keys, and tells what other keys want of the one that has it. */
export class RowKeys {
    #view;
    #list;
    #wanted;

    /** `wanted(name, message)` is called with the name of an action, or `menu`. */
    constructor(view, list, wanted) {
        this.#view = view;
        this.#list = list;
        this.#wanted = wanted;
        view.addEventListener('keydown', (event) => this.#pressed(event));
    }

    #pressed(event) {
        const { target, key } = event;
        const message = target.closest('li.message');
        if (event.ctrlKey || event.metaKey || event.altKey || (target !== this.#view && target !== message)) return;
        if (key in STEPS) this.#step(event, message, STEPS[key]);
        else if (message && (KEYS[key] || (key === 'F10' && event.shiftKey))) this.#want(event, KEYS[key] ?? 'menu', message);
    }

    #step(event, message, by) {
        event.preventDefault();
        const messages = [...this.#list.querySelectorAll('li.message')];
        const inSight = messages.filter((each) => this.#isInSight(each));
        const next = message ? messages[messages.indexOf(message) + by] : inSight.at(by < 0 ? -1 : 0);
        next?.focus({ preventScroll: true });
        next?.scrollIntoView({ block: 'nearest' });
    }

    #want(event, name, message) {
        event.preventDefault();
        this.#wanted(name, message);
    }

    #isInSight(node) {
        const [own, view] = [node.getBoundingClientRect(), this.#view.getBoundingClientRect()];
        return own.top < view.bottom && own.bottom > view.top;
    }
}
