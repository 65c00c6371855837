import { isNothing } from '../../main/webapp/js/model/draft.js';
import { Writing } from '../../main/webapp/js/model/writing.js';
import { SharedDraft } from '../../main/webapp/js/store/shared-draft.js';
import { microtasks } from './fake-table.js';

/** One database for several pages, which does what it is asked in that order, whenever it is told to; `fails()` says whether its disk is full. */
export class FakeDrafts {
    kept;
    outbox = [];
    fails = () => false;
    #waiting = [];

    draft() {
        return new Promise((resolve) => this.#waiting.push(() => resolve({ draft: this.kept })));
    }

    exchange(room, decide) {
        return new Promise((resolve) => this.#waiting.push(() => resolve(this.#change(decide))));
    }

    get idle() {
        return this.#waiting.length === 0;
    }

    /** Does the next thing. */
    async step() {
        this.#waiting.shift()?.();
        await microtasks();
    }

    async settle() {
        while (!this.idle) await this.step();
    }

    #change(decide) {
        const { draft, item } = decide(this.kept && structuredClone(this.kept));
        if (this.fails()) return false;
        if (item) this.outbox.push(item);
        this.kept = isNothing(draft) ? undefined : structuredClone(draft);
        return true;
    }
}

/** A page that shows a shared draft, as the composer does. `hint` is called when it has changed something. */
export class FakePage {
    writing = new Writing();
    composing = false;
    sent = [];
    draft;

    constructor(database, hint = () => {}) {
        const show = (draft) => {
            if (!this.composing) this.writing.follow(structuredClone(draft));
            return !this.composing;
        };
        this.draft = new SharedDraft({ room: 'lobby', database, show, tell: () => hint(this) });
        this.draft.refresh();
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
        const said = this.writing.finish();
        if (await this.draft.send(said, this.writing.draft)) this.sent.push(said);
    }
}
