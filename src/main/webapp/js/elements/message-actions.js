import { RowKeys } from './row-keys.js';

const OF_ITEM = new Set(['retry', 'takeback', 'discard']);

/** What the reader wants of a message, by click, tap or key: passed on to the timeline, or to the page. */
export class MessageActions {
    #timeline;
    /** What pressed last: not every browser says it with the click. */
    #pressedBy = null;

    constructor(timeline, view, list) {
        this.#timeline = timeline;
        view.addEventListener('pointerdown', ({ pointerType }) => (this.#pressedBy = pointerType));
        view.addEventListener('click', (event) => this.#clicked(event));
        new RowKeys(view, list, (name, message, at) => this.#pass(name, message, at));
    }

    #clicked(event) {
        const message = event.target.closest('li.message');
        const button = event.target.closest('button[data-do]');
        const link = event.target.closest('a');
        if (button) return this.#pass(button.dataset.do, message);
        if (link?.href === location.href) this.#timeline.goTo(message.row.entry.seq);
        const tapped = (event.pointerType ?? this.#pressedBy) === 'touch' && message && !link && getSelection().isCollapsed;
        if (tapped) this.#pass('menu', message);
    }

    #pass(name, message, at) {
        const timeline = this.#timeline;
        const row = message?.row;
        const actions = timeline.actionsOf(row);
        if (name === 'earlier' || name === 'later') timeline.more(name);
        else if (name === 'jump') timeline.goTo(row.quote.seq);
        else if (name === 'undo') timeline.dispatch('discard', row.change);
        else if (OF_ITEM.has(name)) timeline.dispatch(name, row.item ?? row.failed);
        else if (name === 'menu') timeline.dispatch('menu', { row, actions, box: message.getBoundingClientRect(), at });
        else if (actions.includes(name)) timeline.dispatch(name, row);
    }
}
