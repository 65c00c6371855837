import { onAction } from '../elements/actions.js';
import { newItem, Outbox } from '../model/outbox.js';
import { Database } from '../store/database.js';
import { Farewell } from '../store/farewell.js';
import { SharedDraft } from '../store/shared-draft.js';
import { Tabs } from '../store/tabs.js';

/**
 * What is being written: kept with every key, on all pages of this browser at once, and there again when one comes back
 * to its room. What is said goes into the outbox; somebody will come who delivers it.
 */
export class Drafts {
    tabs;
    database;
    outbox;
    #composer;
    #farewell;
    #here = null;
    /** That, and those of other rooms of which something may still be on its way. */
    #all = [];
    #spokenIn = null;
    #deliver;

    /** `scope` keeps several Warungs on one host apart; `composer()` is the element in which one writes. */
    constructor({ scope, composer }) {
        this.tabs = new Tabs(scope);
        this.database = new Database(scope, this.tabs.id);
        this.outbox = new Outbox(this.database);
        this.#farewell = new Farewell(scope, this.tabs.id);
        this.#composer = composer;
        this.#deliver = (items) => this.outbox.restore(items);
    }

    /** Hears what is written from now on. */
    start() {
        onAction('draft', ({ room, draft }) => room === this.#here?.room && this.#here.save(draft));
        onAction('post', ({ rest, ...said }) => {
            this.#spokenIn = said.room;
            this.#send({ type: 'post', ...said }, rest);
        });
        onAction('revise', ({ rest, seq, ...said }) => this.#send({ type: 'edit', target: seq, ...said }, rest));
        this.tabs.on('draft', (room) => room === this.#here?.room && this.#here.refresh());
        for (const name of ['focus', 'pageshow']) addEventListener(name, () => this.#here?.refresh());
        addEventListener('pagehide', () => this.#farewell.leave(this.#all.map(({ undone }) => undone).filter(Boolean)));
        addEventListener('pageshow', () => this.#farewell.stay());
        document.addEventListener(
            'visibilitychange',
            () => document.visibilityState === 'visible' && this.#here?.refresh(),
        );
    }

    /**
     * Does what pages that were left in the middle of it had begun, and forgets those that are `gone(id)`; resolves
     * when that is done.
     */
    async finishOthers(gone) {
        const redo = async (undone) => this.#deliver(await this.#draftOf(undone.room, () => false).redo(undone));
        if (await this.#farewell.finish(redo)) this.database.tidy(gone);
        this.#here?.refresh();
    }

    /**
     * From now on what is said is delivered by `act(items)`; returns the name of the room in which something was said
     * before, or null.
     */
    handOver(act) {
        this.#deliver = act;
        return this.#spokenIn;
    }

    /** Goes on writing in `room`, which has at least a `name`. */
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

    #draftOf(room, show) {
        return new SharedDraft({ room, database: this.database, show, tell: () => this.tabs.tell('draft', room) });
    }

    /** It is delivered only when it is in the outbox, and in no other page's. */
    async #send(said, rest) {
        const item = newItem(said);
        if (await this.#here.send(item, rest)) this.#deliver([item]);
    }
}
