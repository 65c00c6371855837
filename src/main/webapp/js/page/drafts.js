import { onAction } from '../elements/actions.js';
import { newItem, Outbox } from '../model/outbox.js';
import { Database } from '../store/database.js';
import { Farewell } from '../store/farewell.js';
import { SharedDraft } from '../store/shared-draft.js';
import { Tabs } from '../store/tabs.js';

/**
 * Keeps what the user is writing with every key, on all pages of this browser at once, and restores it when they return
 * to its room. A sent message goes into the outbox, to be delivered from there.
 */
export class Drafts {
    tabs;
    database;
    outbox;
    #composer;
    #farewell;
    #here = null;
    /** The current draft, and those of other rooms that may still have unfinished writes. */
    #all = [];
    #spokenIn = null;
    /** The names of the rooms in which something has been begun. */
    begun = new Set();
    #deliver;
    changed = () => {};

    /** `scope` separates several Warungs on one host; `composer()` returns the composer element. */
    constructor({ scope, composer }) {
        this.tabs = new Tabs(scope);
        this.database = new Database(scope, this.tabs.id);
        this.outbox = new Outbox(this.database);
        this.#farewell = new Farewell(scope, this.tabs.id);
        this.#composer = composer;
        this.#deliver = (items) => this.outbox.restore(items);
    }

    /** Handles what is written from now on. */
    start() {
        onAction('draft', ({ room, draft }) => room === this.#here?.room && this.#here.save(draft));
        onAction('post', ({ rest, ...said }) => {
            this.#spokenIn = said.room;
            this.#send({ type: 'post', ...said }, rest);
        });
        onAction('revise', ({ rest, seq, ...said }) => this.#send({ type: 'edit', target: seq, ...said }, rest));
        this.tabs.on('draft', (room) => {
            if (room === this.#here?.room) this.#here.refresh();
            else this.look();
        });
        for (const name of ['focus', 'pageshow']) addEventListener(name, () => this.#here?.refresh());
        addEventListener('pagehide', () => this.#farewell.leave(this.#all.map(({ undone }) => undone).filter(Boolean)));
        addEventListener('pageshow', () => this.#farewell.stay());
        document.addEventListener(
            'visibilitychange',
            () => document.visibilityState === 'visible' && this.#here?.refresh(),
        );
    }

    /** Finishes what closed pages had begun, and forgets those that are `gone(id)`; resolves when that is done. */
    async finishOthers(gone) {
        const redo = async (undone) => this.#deliver(await this.#draftOf(undone.room, () => false).redo(undone));
        if (await this.#farewell.finish(redo)) this.database.tidy(gone);
        this.#here?.refresh();
    }

    /** From now on `act(items)` delivers what is sent; returns the name of the room of an earlier post, or null. */
    handOver(act) {
        this.#deliver = act;
        return this.#spokenIn;
    }

    /** Resumes writing in `room`, which has at least a `name`. */
    open(room) {
        const { name } = room;
        if (this.#here?.room === name) return;
        this.#here?.close();
        const composer = this.#composer();
        composer.open(room);
        this.#here = this.#draftOf(name, (draft) => composer.follow(draft));
        this.#all = [...this.#all.filter(({ undone }) => undone), this.#here];
        this.#here.refresh();
    }

    /** Looks in which rooms something has been begun: `changed()` is called if that is not what it was. */
    async look() {
        const before = [...this.begun].join(' ');
        this.begun = new Set(await this.database.begun());
        if ([...this.begun].join(' ') !== before) this.changed();
    }

    /** Shows what the current draft is now. */
    async refresh() {
        await this.#here?.refresh();
    }

    /** Forgets all drafts, and what was not sent, as the user has left; resolves when that is done. */
    async forget() {
        this.#farewell.forget();
        await this.database.clear();
    }

    /** What is being written on this page is not kept, as it is that of another user. */
    leaveNothing() {
        this.#farewell.forget();
    }

    #draftOf(room, show) {
        return new SharedDraft({ room, database: this.database, show, tell: () => this.tabs.tell('draft', room) });
    }

    /** Delivers an item only when it is in the outbox, and in no other page's. */
    async #send(said, rest) {
        const item = newItem(said);
        if (await this.#here.send(item, rest)) this.#deliver([item]);
    }
}
