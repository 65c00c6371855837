const PAGE = 20;

/**
 * A search in one room: the query, and the hits so far, newest first. `state` is `idle`, `asking`, `some` (there may be
 * more), `all`, or `failed`, with the code of the `error`. `incomplete`: there may be hits that the server has not
 * found.
 */
export class Search {
    query = '';
    hits = [];
    state = 'idle';
    error = null;
    incomplete = false;
    #find;
    #changed;
    #question = null;

    /**
     * `find(query, before)` resolves with a page of hits, `{entry, around}`, or rejects; a page that is not full may
     * have `more` after it. `changed()` is called when there is something new to show.
     */
    constructor(find, changed) {
        this.#find = find;
        this.#changed = changed;
    }

    /** Starts a new search, or the same one again. */
    begin(query) {
        Object.assign(this, { query, hits: [], state: 'idle', incomplete: false });
        this.#question = null;
        if (query === '') this.#changed();
        else this.more();
    }

    /** Loads the next page. An answer to an outdated query is ignored. */
    async more() {
        const question = (this.#question = {});
        this.#set({ state: 'asking', error: null });
        try {
            const page = await this.#find(this.query, this.hits.at(-1)?.entry.seq);
            if (question !== this.#question) return;
            const more = page.more ?? page.length >= PAGE;
            const incomplete = this.incomplete || page.incomplete === true;
            this.#set({ hits: [...this.hits, ...page], state: more ? 'some' : 'all', incomplete });
        } catch (fault) {
            if (question === this.#question) this.#set({ state: 'failed', error: fault.code ?? 'internal' });
        }
    }

    #set(values) {
        Object.assign(this, values);
        this.#changed();
    }
}
