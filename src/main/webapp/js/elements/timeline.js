import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/rooms.js';
import { rowsOf } from '../model/rows.js';
import { Window } from '../model/window.js';
import { h, PageElement } from './dom.js';
import { downIcon, teaIcon } from './icons.js';
import { RowList } from './row-list.js';
import { isDrawn } from './row-nodes.js';
import { Scroller } from './scroller.js';

/** What was said in a room: follows the end, unless the reader has scrolled up. */
export class TimelineElement extends PageElement {
    #rows;
    #scroller;
    #scroll;
    #note;
    #empty;
    #jump;
    #window = new Window();
    #shown = null;
    #below = 0;
    #planned = false;

    build() {
        const list = h('ol', { class: 'rows' });
        this.#rows = new RowList(list);
        this.#note = h('p', { class: 'note begin' });
        this.#empty = h('div', { class: 'empty' }, teaIcon(), h('p', { class: 'title' }), h('p', { class: 'lead' }));
        this.#scroll = h('div', { class: 'scroll', role: 'log', 'aria-live': 'off', tabindex: 0 }, this.#note, this.#empty, list);
        this.#jump = h('button', { type: 'button', class: 'jump', hidden: true, onclick: () => this.toEnd() }, h('span'), downIcon());
        this.append(this.#scroll, this.#jump);
        this.#scroller = new Scroller(this.#scroll, list);
        this.#scroller.onMoved = () => this.#moved();
        this.#scroll.addEventListener('click', (event) => this.#clicked(event));
    }

    say() {
        this.#rows.forget();
        this.#plan();
    }

    /** Shows `room` and what is `pending` in it, as seen by `me`; `newFrom` is the first seq the reader has not seen. */
    show(state) {
        if (state.room !== this.#shown?.room) {
            this.#window = new Window();
            this.#below = 0;
        }
        this.#shown = state;
        this.#plan();
    }

    /** Somebody else said something: counts it when the reader does not see the end. */
    arrived() {
        if (!this.#window.following) this.#below++;
    }

    toEnd() {
        this.#window.follow();
        this.#below = 0;
        this.#plan();
    }

    /** Moves by so many heights of what is seen. */
    page(heights) {
        this.#scroll.scrollBy({ top: heights * this.#scroll.clientHeight * 0.9 });
    }

    /** Draws before the next picture, once, however much has changed. */
    #plan() {
        if (this.#planned || !this.#shown) return;
        this.#planned = true;
        requestAnimationFrame(() => {
            this.#planned = false;
            this.#draw();
        });
    }

    #draw() {
        const { room, pending, me, newFrom } = this.#shown;
        const entries = this.#window.slice(room.timeline);
        const ends = this.#window.endsAt(room.timeline);
        const rows = rowsOf({ entries, pending: ends ? pending : [], me, newFrom }).filter(isDrawn);
        this.#scroller.keep(this.#window.following, () => {
            this.#words(room, entries, rows);
            this.#rows.show(rows, me);
        });
        this.#lookAhead();
        this.#jump.hidden = this.#window.following;
        this.#jump.classList.toggle('counting', this.#below > 0);
        this.#jump.firstChild.textContent = this.#below > 0 ? t('room.below', { n: this.#below }) : t('room.bottom');
    }

    #words(room, entries, rows) {
        const values = { room: roomText(room) };
        this.#scroll.setAttribute('aria-label', t('room.log', values));
        const empty = rows.length === 0;
        this.#empty.hidden = !empty;
        this.#empty.classList.toggle('opening', empty && !room.joined);
        this.#empty.children[1].textContent = t(room.joined ? 'room.empty' : 'room.opening', values);
        this.#empty.children[2].textContent = room.joined ? t('room.emptyLead', values) : '';
        this.#note.hidden = entries.length === 0 || room.timeline.indexOf(entries[0].seq) > 0;
        if (!this.#note.hidden) this.#note.replaceChildren(...beginning(room));
    }

    #moved() {
        const { timeline } = this.#shown?.room ?? {};
        if (!timeline) return;
        const was = this.#window.following;
        if (this.#scroller.atEnd && this.#window.endsAt(timeline)) {
            this.#window.follow();
            this.#below = 0;
        } else {
            this.#window.rest();
        }
        if (was !== this.#window.following) this.#plan();
        this.#lookAhead();
    }

    /** The reader comes near an edge of what is shown: shows more, or asks for more when there is no more here. */
    #lookAhead() {
        const { room } = this.#shown;
        const { timeline } = room;
        if (this.#scroller.nearEnd && this.#window.later(timeline)) return this.#plan();
        if (!this.#scroller.nearTop || timeline.entries.length === 0) return;
        if (this.#window.earlier(timeline)) this.#plan();
        else if (!timeline.live.begins && !room.readingFailed) this.ask('earlier');
    }

    #clicked({ target }) {
        const button = target.closest('button[data-do]');
        if (!button) return;
        const { row } = button.closest('li') ?? {};
        this.ask(button.dataset.do, row?.item);
    }
}

/** What stands above the first message. */
function beginning(room) {
    const { timeline, readingFailed } = room;
    if (timeline.live.begins) return [t(timeline.entries[0].seq === 1 ? 'room.begin' : 'room.gone', { room: roomText(room) })];
    if (!readingFailed) return [t('room.reading')];
    return [t('room.unread'), ' ', h('button', { type: 'button', class: 'plain', 'data-do': 'earlier', text: t('message.retry') })];
}
