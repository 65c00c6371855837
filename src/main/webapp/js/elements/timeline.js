import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { namesIn } from '../model/people.js';
import { actionsFor } from '../model/permissions.js';
import { GONE, rowsOf } from '../model/rows.js';
import { Viewport } from '../model/viewport.js';
import { h, PageElement } from './dom.js';
import { MessageActions } from './message-actions.js';
import { Toolbar } from './message-menu.js';
import { RowList } from './row-list.js';
import { Scroller } from './scroller.js';
import { TimelineEdges } from './timeline-edges.js';

/** So far down the view: most of what is new is seen, and where one was. */
const NEW_AT = 0.2;

/** What was said in a room: follows the end, unless the reader has scrolled up or went to a message. */
export class TimelineElement extends PageElement {
    #rows;
    #scroller;
    #scroll;
    #edges = new TimelineEdges();
    #viewport = new Viewport();
    #shown = null;
    #drawn = [];
    #below = 0;
    /**
     * What the reader wants to see and does not yet: `false` for the end. Until it is drawn a scroll from before may be
     * told of.
     */
    #goal = null;
    #sought = null;
    #asked = new Set();
    #planned = false;

    build() {
        const list = h('ol', { class: 'rows' });
        const { above, below, empty, jump } = this.#edges;
        this.#rows = new RowList(list);
        this.#scroll = h(
            'div',
            { class: 'scroll', role: 'log', 'aria-live': 'off', tabindex: 0 },
            above,
            empty,
            list,
            below,
        );
        jump.addEventListener('click', () => this.dispatch('latest'));
        this.append(this.#scroll, jump);
        this.#scroller = new Scroller(this.#scroll, list);
        this.#scroller.onMoved = () => this.#moved();
        new Toolbar(list, (row) => this.actionsOf(row));
        new MessageActions(this, this.#scroll, list);
    }

    render() {
        this.#rows.forget();
        this.#plan();
    }

    /** The last message that is ours, when it may be edited: not while it is under way. */
    get lastOwn() {
        const last = this.#drawn.findLast(({ own, deleted }) => own && !deleted);
        return this.actionsOf(last).includes('edit') ? last : null;
    }

    /**
     * Shows `room` and what is `pending` in it, as seen by `me`; `newFrom` is the first seq the reader has not seen.
     */
    show(state) {
        if (state.room !== this.#shown?.room) {
            this.#viewport = new Viewport();
            this.#below = 0;
            this.#goal = false;
        }
        if (state.room !== this.#shown?.room || !state.room.joined) this.#asked.clear();
        this.#shown = state;
        this.#plan();
    }

    /** True when the reader sees the end. */
    get following() {
        return this.#viewport.following;
    }

    /** Somebody else said something: it is new until it is drawn while the reader sees the end. */
    arrived() {
        this.#below++;
    }

    toEnd() {
        this.#viewport.follow();
        this.#goal = false;
        this.#plan();
    }

    /** Goes to the message `seq`, wherever in the room it is, and points at it. */
    goTo(seq) {
        this.#seek({ seq, fresh: false });
    }

    /** Goes to the line above `seq`, where `n` new messages begin; to the end, when that is in sight from there. */
    goToNew(seq, n) {
        this.#below = n;
        this.#seek({ seq, fresh: true });
    }

    /** Asks for what was said `earlier` or `later` than what is shown; the live range may be empty. */
    more(which) {
        const { from, to } = this.#viewport.range(this.#shown.room.timeline);
        this.dispatch(which, from <= to ? from : null);
    }

    /** What may be done with the message of this row. */
    actionsOf(row) {
        return actionsFor(row, this.#shown.room);
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
        const { timeline } = room;
        const entries = this.#viewport.slice(timeline);
        const ends = this.#viewport.endsAt(timeline);
        const sourceOf = (seq) => timeline.at(seq) ?? (timeline.rangeOf(seq) && GONE);
        this.#drawn = rowsOf({
            entries,
            pending: pending.filter(({ type }) => ends || type !== 'post'),
            me,
            newFrom,
            sourceOf,
            nameOf: namesIn(room, me),
        });
        this.#scroller.keep(this.#viewport.following, () => {
            this.#scroll.setAttribute('aria-label', t('room.log', { room: roomText(room) }));
            const range = this.#viewport.lost(timeline) == null ? this.#viewport.range(timeline) : null;
            this.#edges.render(room, { entries, rows: this.#drawn, range });
            this.#rows.show(this.#drawn, me);
        });
        if (this.#goal && entries.length > 0) this.#arrive();
        else this.#goal ||= null;
        this.#fetch(room);
        this.#lookAhead();
        if (this.#viewport.following) this.#below = 0;
        this.#edges.renderBelow(this.#viewport.following, this.#below);
    }

    /** The place the reader wanted to see is here: the nearest message, when there is nothing to be seen of it. */
    #arrive() {
        const { seq, fresh } = this.#goal;
        const node = (fresh && this.#rows.newNode) || this.#rows.nodeAt(seq) || this.#rows.nodeAt(0);
        if (!fresh && node.row.entry.seq === seq) {
            node.classList.add('flash');
            node.addEventListener('animationend', () => node.classList.remove('flash'), { once: true });
            node.focus({ preventScroll: true });
        }
        this.#goal = null;
        this.#scroller.show(node, fresh ? NEW_AT : 0.5);
        this.#moved();
    }

    /** Asks for what is to be shown and is not loaded: the place the reader wants to see, the sources of quotes. */
    #fetch({ joined, timeline }) {
        if (!joined) return;
        const lost = this.#viewport.lost(timeline);
        if (lost != null && lost !== this.#sought) this.dispatch('around', lost);
        this.#sought = lost;
        for (const { quote } of this.#drawn) {
            if (!quote || quote.source != null || this.#asked.has(quote.seq)) continue;
            this.#asked.add(quote.seq);
            this.dispatch('source', quote.seq);
        }
    }

    #seek(goal) {
        this.#viewport.goTo(goal.seq);
        this.#goal = goal;
        this.#sought = null;
        this.#plan();
    }

    #moved() {
        const { timeline } = this.#shown?.room ?? {};
        if (!timeline || this.#goal != null) return;
        const was = this.#viewport.following;
        if (this.#scroller.atEnd && this.#viewport.endsAt(timeline)) this.#viewport.follow();
        else this.#viewport.rest();
        if (was !== this.#viewport.following) this.#plan();
        this.#lookAhead();
    }

    /** The reader comes near an edge of what is shown: shows more, or asks for more when there is no more here. */
    #lookAhead() {
        const { room } = this.#shown;
        const { timeline } = room;
        const range = room.joined && this.#viewport.range(timeline);
        if (!range) return;
        if (this.#scroller.nearEnd && this.#viewport.later(timeline)) return this.#plan();
        if (this.#scroller.nearTop && this.#viewport.earlier(timeline)) return this.#plan();
        if (room.reading || room.readingFailed) return;
        if (this.#scroller.nearEnd && !range.ends) this.more('later');
        else if (this.#scroller.nearTop && !range.begins) this.more('earlier');
    }
}
