import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { namesIn } from '../model/people.js';
import { actionsFor, closedReason } from '../model/permissions.js';
import { isDirect } from '../model/room-list.js';
import { GONE, rowsOf } from '../model/rows.js';
import { Viewport } from '../model/viewport.js';
import { copiedLines } from './copied-lines.js';
import { h, PageElement } from './dom.js';
import { DrawSchedule } from './draw-schedule.js';
import { MessageActions, tabWithin } from './message-actions.js';
import { RowList } from './row-list.js';
import { Scroller } from './scroller.js';
import { TimelineEdges } from './timeline-edges.js';
import { Toolbar } from './toolbar.js';

/** The position of the first new message in the view: most new messages are visible, and what precedes them. */
const NEW_AT = 0.2;

/** The messages of a room. The view follows the end, unless the user has scrolled up or gone to a message. */
export class TimelineElement extends PageElement {
    #rows;
    #scroller;
    #scroll;
    #edges = new TimelineEdges();
    #viewport = new Viewport();
    #schedule = new DrawSchedule(() => this.#draw());
    #shown = null;
    #deeds = null;
    #drawn = [];
    /** Where the reader was in each room that they have left, if not at its end. */
    #places = new WeakMap();
    /** True when the room is shown where the reader has left it. */
    resumed = false;
    #below = 0;
    /**
     * What the user wants to see but does not see yet: `false` for the end. An earlier scroll may be reported until it
     * is drawn.
     */
    #goal = null;
    #sought = null;
    #asked = new Set();
    #printing = false;
    /** What was made of the entries the last time, and the names that they have taught. */
    #memo = new WeakMap();
    #names = new WeakMap();
    /** True when the next frame is to look what is near the edges of the view. */
    #looking = false;

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
        this.#scroller.onSettled = () => this.#shown && this.#lookAhead();
        new Toolbar(list, (row) => this.actionsOf(row));
        new MessageActions(this, this.#scroll, list);
        tabWithin(list);
        document.addEventListener('copy', (event) => this.#copied(event, list));
        for (const name of ['beforeprint', 'afterprint']) addEventListener(name, () => this.#print(name[0] === 'b'));
    }

    render() {
        this.#rows.forget();
        this.#plan();
    }

    /** Draws what has changed since: another day has begun. */
    redraw() {
        this.#plan();
    }

    /** The user's last message, if it can be edited: not while it is being sent. */
    get lastOwn() {
        const last = this.#drawn.findLast(({ own, deleted }) => own && !deleted);
        return this.actionsOf(last).includes('edit') ? last : null;
    }

    /**
     * Shows `room` and its `pending` items, as seen by `me`; `newFrom` is the first seq the user has not seen; `stuck`
     * when nothing can be sent.
     */
    show(state) {
        if (state.room !== this.#shown?.room) {
            this.#keepPlace();
            const place = this.#places.get(state.room) ?? null;
            this.resumed = place != null;
            this.#viewport = new Viewport();
            this.#drawn = [];
            this.#below = place ? state.room.unread : 0;
            this.#goal = false;
            if (place) this.#seek({ ...place, fresh: false });
        }
        if (state.room !== this.#shown?.room || !state.room.joined) this.#asked.clear();
        const deeds = deedsOf(state);
        const paced = this.#drawn.length > 0 && deeds === this.#deeds && isSameView(this.#shown, state);
        this.#deeds = deeds;
        this.#shown = state;
        if (paced) this.#schedule.paced();
        else this.#schedule.soon();
    }

    #keepPlace() {
        if (this.#shown && this.#goal == null) this.#places.set(this.#shown.room, this.#scroller.place);
    }

    /** True when the end is in view. */
    get following() {
        return this.#viewport.following;
    }

    /** Someone else has posted: the message is new until it is drawn while the end is in view. */
    arrived() {
        this.#below++;
    }

    toEnd() {
        this.#viewport.follow();
        this.#goal = false;
        this.#plan();
    }

    /** Goes to the message `seq`, anywhere in the room, and highlights it. */
    goTo(seq) {
        this.#seek({ seq, fresh: false });
    }

    /** Goes to the line above `seq`, where `n` new messages begin; to the end, if both fit into the view. */
    goToNew(seq, n) {
        this.#below = n;
        this.#seek({ seq, fresh: true });
    }

    /** Asks for messages `earlier` or `later` than those shown; the live range may be empty. */
    more(which) {
        const { from, to } = this.#viewport.range(this.#shown.room.timeline);
        this.dispatch(which, from <= to ? from : null);
    }

    /** Returns the permitted actions on the message of this row. */
    actionsOf(row) {
        return actionsFor(row, this.#shown.room);
    }

    /** Scrolls by this many view heights. */
    page(heights) {
        this.#scroll.scrollBy({ top: heights * this.#scroll.clientHeight * 0.9 });
    }

    #plan() {
        if (this.#shown) this.#schedule.soon();
    }

    #draw() {
        const { room, pending, me, newFrom, stuck } = this.#shown;
        const { timeline } = room;
        const entries = this.#printing ? this.#viewport.whole(timeline) : this.#viewport.slice(timeline);
        const ends = this.#viewport.endsAt(timeline);
        const sourceOf = (seq) => timeline.at(seq) ?? (timeline.rangeOf(seq) && GONE);
        this.#drawn = rowsOf({
            entries,
            pending: pending.filter(({ type }) => ends || type !== 'post'),
            me,
            newFrom,
            sourceOf,
            namesOf: namesIn(room, me, this.#names),
            memo: this.#memo,
        }).map((row) => (row.item && stuck ? { ...row, stuck } : row));
        this.#scroller.keep(this.#viewport.following, () => {
            const label = isDirect(room) ? 'direct.log' : 'room.log';
            const words = t(label, { room: roomText(room) });
            if (this.#scroll.ariaLabel !== words) this.#scroll.ariaLabel = words;
            const range = this.#viewport.lost(timeline) == null ? this.#viewport.range(timeline) : null;
            this.#edges.render(room, { entries, rows: this.#drawn, range });
            this.#rows.show(this.#drawn, me);
            this.classList.toggle('reacting', closedReason(room) == null);
        });
        if (this.#goal && entries.length > 0) this.#arrive();
        else this.#goal ||= null;
        this.#fetch(room);
        this.#planLook();
        if (this.#viewport.following) this.#below = 0;
        this.#edges.renderBelow(this.#viewport.following, this.#below);
    }

    /**
     * Looks in the next frame what is near the edges, when the browser has laid out what was drawn; not at the end of a
     * view that is full, where nothing can be missing.
     */
    #planLook() {
        if (this.#looking || (this.#viewport.following && !this.#scroller.nearTop)) return;
        this.#looking = true;
        requestAnimationFrame(() => {
            this.#looking = false;
            this.#scroller.look();
            if (this.#viewport.following) this.#lookAhead();
            else this.#moved(); // the end may have come into view without a scroll
        });
    }

    /** Draws all that is loaded, at once, while the page is printed. */
    #print(printing) {
        this.#printing = printing;
        if (this.#shown) this.#draw();
    }

    /** Puts selected messages on the clipboard as lines with time and author. */
    #copied(event, list) {
        if (event.target.closest?.('input, textarea')) return;
        const lines = copiedLines(getSelection(), list);
        if (lines == null) return;
        event.clipboardData.setData('text/plain', lines);
        event.preventDefault();
    }

    /** Goes to the wanted place once it is loaded: to the nearest message, if the wanted one is not visible. */
    #arrive() {
        const { seq, fresh, bottom } = this.#goal;
        const node = (fresh && this.#rows.newNode) || this.#rows.nodeAt(seq) || this.#rows.nodeAt(0);
        if (!fresh && bottom == null && node.row.entry.seq === seq) {
            node.classList.add('flash');
            node.addEventListener('animationend', () => node.classList.remove('flash'), { once: true });
            node.focus({ preventScroll: true });
        }
        this.#goal = null;
        if (bottom != null) this.#scroller.put(node, bottom);
        else this.#scroller.show(node, fresh ? NEW_AT : 0.5);
        this.#moved();
    }

    /** Asks for what is to be shown and not loaded: the wanted place, and the sources of quotes. */
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

    /** The user is near an edge of what is shown: shows more, or asks for more if no more is loaded. */
    #lookAhead() {
        if (this.#goal != null) return;
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

/** True when the same user looks at the same room: what differs is what others do, or the user's own deeds. */
function isSameView(before, state) {
    return ['room', 'me', 'newFrom', 'stuck'].every((key) => before[key] === state[key]);
}

/** What the user has done here that is not in the log yet, as a text. */
function deedsOf({ room, pending }) {
    return `${room.timeline.wished} ${pending.map(({ id, state }) => `${id} ${state}`)}`;
}
