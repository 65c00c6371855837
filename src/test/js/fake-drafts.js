import { ComposerState } from '../../main/webapp/js/model/composer-state.js';
import { isNothing } from '../../main/webapp/js/model/draft.js';
import { newId } from '../../main/webapp/js/model/ids.js';
import { SharedDraft } from '../../main/webapp/js/store/shared-draft.js';
import { microtasks } from './fake-table.js';

/**
 * One database for several pages, which does what it is asked in that order, whenever it is told to; `fails()` says
 * whether its disk is full.
 */
export class FakeDrafts {
    kept;
    outbox = [];
    fails = () => false;
    #waiting = [];
    #turns = new Map();

    /** As `page` sees it. */
    of(page) {
        const ask = (work) => new Promise((resolve) => this.#waiting.push({ page, act: () => resolve(work()) }));
        return {
            draft: () => ask(() => ({ draft: this.kept })),
            turn: (id) => ask(() => this.#turns.get(id) ?? 0),
            exchange: (room, mark, decide) => ask(() => this.#change(mark, decide)),
        };
    }

    /** The page ends before what it has asked for is begun. */
    forget(page) {
        this.#waiting = this.#waiting.filter((each) => each.page !== page);
    }

    get idle() {
        return this.#waiting.length === 0;
    }

    /** Does the next thing. */
    async step() {
        this.#waiting.shift()?.act();
        await microtasks();
    }

    async settle() {
        while (!this.idle) await this.step();
    }

    #change({ id, turn }, decide) {
        const { draft, item } = decide(this.kept && structuredClone(this.kept));
        if (this.fails()) return false;
        if (item && !this.outbox.some(({ id }) => id === item.id)) this.outbox.push(item);
        this.#turns.set(id, turn);
        this.kept = isNothing(draft) ? undefined : structuredClone(draft);
        return true;
    }
}

/** A page that shows a shared draft, as the composer does. `hint` is called when it has changed something. */
export class FakePage {
    writing = new ComposerState();
    composing = false;
    sent = [];
    draft;
    #other;

    constructor(database, hint = () => {}) {
        const show = (draft) => {
            if (!this.composing) this.writing.follow(structuredClone(draft));
            return !this.composing;
        };
        const parts = { room: 'lobby', database: database.of(this), tell: () => hint(this) };
        this.draft = new SharedDraft({ ...parts, show });
        this.draft.refresh();
        this.#other = new SharedDraft({ ...parts, show: () => false });
    }

    /** Does what another page has left undone, and looks what has come of it. */
    async redo(undone) {
        const items = await this.#other.redo(undone);
        this.draft.refresh();
        return items;
    }

    /** Puts `text` into what is written, so far from its beginning. */
    type(text, at = this.writing.text.length) {
        this.writing.text = this.writing.text.slice(0, at) + text + this.writing.text.slice(at);
        this.keep();
    }

    keep() {
        this.draft.save(this.writing.draft);
    }

    async send() {
        const said = { ...this.writing.finish(), id: newId() };
        if (await this.draft.send(said, this.writing.draft)) this.sent.push(said);
    }
}
