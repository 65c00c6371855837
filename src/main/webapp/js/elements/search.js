import { dayText, fullText, timeText } from '../i18n/dates.js';
import { t, tOr } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { dayOf } from '../model/calendar.js';
import { Search } from '../model/search.js';
import { excerptOf, snippetOf } from '../model/text.js';
import { avatar } from './avatar.js';
import { DialogElement } from './dialog.js';
import { drawn, h } from './dom.js';
import { isComposing } from './intent.js';

const PAUSE_MS = 250;

/** The dialog that searches a room: newest first, each hit with the messages around it. Choosing a hit goes there. */
export class SearchElement extends DialogElement {
    #field;
    #note;
    #hits;
    #more;
    #room = null;
    #search = new Search();
    #timer = null;

    content() {
        this.#field = h('input', {
            type: 'search',
            maxlength: 100,
            autocomplete: 'off',
            dir: 'auto',
            enterkeyhint: 'search',
        });
        this.#field.addEventListener('input', (event) => !isComposing(event) && this.#written());
        this.#field.addEventListener('compositionend', () => this.#written());
        this.#note = h('p', { class: 'note', role: 'status' });
        this.#hits = h('ol', { class: 'hits', onclick: (event) => this.#clicked(event) });
        this.#more = h('button', { type: 'button', class: 'plain', onclick: () => this.#search.more() });
        return [
            h('form', { role: 'search', onsubmit: (event) => this.#submit(event) }, this.#field),
            this.#note,
            this.#hits,
            this.#more,
        ];
    }

    get heading() {
        return t('search.title', { room: this.#room ? roomText(this.#room) : '' });
    }

    render() {
        super.render();
        this.#field.setAttribute('aria-label', t('search.words'));
        this.#field.placeholder = t('search.words');
        this.#show();
    }

    /** Opens for `room`, in the state of the last search there; `find` is the one `Search` takes. */
    show(room, find) {
        if (room !== this.#room) {
            this.#search = new Search(find, () => this.#show());
            this.#field.value = '';
        }
        this.#room = room;
        this.render();
        this.open();
        this.#field.select();
    }

    /** Shows the hits again: another day has begun. */
    redraw() {
        if (this.isOpen) this.#show();
    }

    #submit(event) {
        event.preventDefault();
        this.#begin();
    }

    #written() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#words !== this.#search.query && this.#begin(), PAUSE_MS);
    }

    #begin() {
        clearTimeout(this.#timer);
        this.#search.begin(this.#words);
    }

    get #words() {
        return this.#field.value.trim();
    }

    #show() {
        const { hits, query, state } = this.#search;
        const shown = hits.filter(({ entry }) => !entry.deleted);
        this.#hits.replaceChildren(
            ...shown.map((hit) =>
                drawn(
                    () => hitNode(hit, query),
                    () => h('li', { text: hit.entry.text }),
                ),
            ),
        );
        this.#note.textContent = this.#noteText(shown.length);
        this.#more.hidden = state !== 'some' && state !== 'failed';
        this.#more.textContent = t(state === 'failed' ? 'message.retry' : 'search.more');
    }

    #noteText(n) {
        const { query, state, error, incomplete } = this.#search;
        if (state === 'failed') return tOr('search.failed', error);
        if (state === 'asking') return t('search.asking');
        if (state === 'idle') return t('search.hint');
        if (incomplete) return t('search.incomplete');
        return n > 0 ? '' : t('search.nothing', { query });
    }

    /** Handles a click; one that opens a new tab is left to the browser. */
    #clicked(event) {
        const link = event.target.closest('a');
        if (!link || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.close();
        this.dispatch('message', link.hit.entry.seq);
    }
}

function hitNode(hit, query) {
    const { entry, around } = hit;
    const said = snippetOf(entry.text, query).map((piece) =>
        piece.hit ? h('mark', { text: piece.text }) : piece.text,
    );
    const when = h('time', {
        class: 'when',
        datetime: entry.at,
        title: fullText(entry.at),
        text: `${dayText(dayOf(entry.at))} ${timeText(entry.at)}`,
    });
    const head = h('span', { class: 'head' }, h('bdi', { class: 'name', text: entry.from.name }), when);
    const link = h(
        'a',
        { class: 'hit', href: `#${entry.room}/${entry.seq}` },
        ...context(around.filter(({ seq }) => seq < entry.seq)),
        avatar(entry.from),
        head,
        h('span', { class: 'said', dir: 'auto' }, ...said),
        ...context(around.filter(({ seq }) => seq > entry.seq)),
    );
    link.hit = hit;
    return h('li', {}, link);
}

function context(entries) {
    const said = entries.filter(({ type, deleted }) => type === 'message' && !deleted);
    return said.map(({ from, text }) =>
        h('span', { class: 'beside' }, h('bdi', { text: from.name }), ' ', h('bdi', { text: excerptOf(text) })),
    );
}
