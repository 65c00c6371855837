import { dayText, fullText, timeText } from '../i18n/dates.js';
import { sentence, t } from '../i18n/i18n.js';
import { listText, roomText } from '../i18n/names.js';
import { addressOf } from '../model/address.js';
import { dayOf } from '../model/calendar.js';
import { isDirect } from '../model/room-list.js';
import { excerptOf } from '../model/text.js';
import { avatar } from './avatar.js';
import { DialogElement } from './dialog.js';
import { drawn, h, hide, write } from './dom.js';
import { bellIcon } from './icons.js';
import { pictureOf } from './reactions.js';

const MOST_NAMED = 3;

/** The dialog that lists what concerns the user, the newest first. Choosing a row goes to its message. */
export class ActivityElement extends DialogElement {
    #list;
    #note;
    #more;
    #empty;
    #nodes = new Map();
    #shown = { rows: [], state: 'asking' };

    content() {
        this.#list = h('ol', { class: 'activities', onclick: (event) => this.#clicked(event) });
        const [title, lead] = [h('p', { class: 'title' }), h('p', { class: 'lead' })];
        this.#empty = h('div', { class: 'empty' }, bellIcon(), title, lead);
        this.#note = h('p', { class: 'note', role: 'status' });
        this.#more = h('button', { type: 'button', class: 'plain', onclick: () => this.dispatch('more-activity') });
        return [this.#list, this.#empty, this.#note, this.#more];
    }

    build() {
        super.build();
        this.firstChild.addEventListener('scroll', () => this.#look(), { passive: true });
    }

    get heading() {
        return t('activity.title');
    }

    render() {
        super.render();
        const [, title, lead] = this.#empty.children;
        write(title, t('activity.empty'));
        write(lead, t('activity.emptyLead'));
        this.redraw();
    }

    /** Draws all rows again: another day has begun. */
    redraw() {
        this.#nodes.clear();
        this.show(this.#shown);
    }

    /**
     * Shows the rows of `Activity`, each with its `source`, as from `MessageSources`, and whether it is `fresh`;
     * `state` is `asking`, `some` (there may be more), `all`, or `failed`.
     */
    show({ rows, state }) {
        this.#shown = { rows, state };
        const nodes = rows.map((row) => this.#nodeOf(row));
        const { children } = this.#list;
        const focused = document.activeElement;
        if (nodes.length !== children.length || nodes.some((node, i) => node !== children[i]))
            this.#list.replaceChildren(...nodes);
        if (this.#list.contains(focused)) focused.focus({ preventScroll: true });
        hide(this.#empty, rows.length > 0 || state !== 'all');
        write(this.#note, state === 'failed' ? t('activity.failed') : state === 'asking' ? t('activity.asking') : '');
        hide(this.#more, state !== 'some' && state !== 'failed');
        write(this.#more, t(state === 'failed' ? 'message.retry' : 'activity.more'));
        if (this.isOpen) requestAnimationFrame(() => this.#look());
    }

    /** Asks for more when the end of the list is near. */
    #look() {
        const { scrollTop, clientHeight, scrollHeight } = this.firstChild;
        const near = scrollHeight - scrollTop < 2 * clientHeight;
        if (this.isOpen && this.#shown.state === 'some' && near) this.dispatch('more-activity');
    }

    #nodeOf(row) {
        const { source, ...said } = row;
        const { room, message } = source;
        const state = JSON.stringify([said, source.state, message?.text, room && roomText(room)]);
        const known = this.#nodes.get(row.key);
        if (known?.state === state) return known.node;
        const node = drawn(
            () => rowNode(row),
            () => h('li', { text: row.room }),
        );
        if (known?.node.contains(document.activeElement)) {
            known.node.replaceWith(node);
            node.querySelector('a')?.focus({ preventScroll: true });
        }
        this.#nodes.set(row.key, { node, state });
        return node;
    }

    /** Handles a click; one that opens a new tab is left to the browser. */
    #clicked(event) {
        const link = event.target.closest('a');
        if (!link || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.close();
        const { room, message } = link.row;
        this.dispatch('place', { room, seq: message });
    }
}

/** What leads nowhere, as the user may not read the room, is no link. */
function rowNode(row) {
    const { at, people, source, fresh } = row;
    const closed = source.state === 'closed' || row.type === 'revoked';
    const when = h('time', {
        class: 'when',
        datetime: at,
        title: fullText(at),
        text: `${dayText(dayOf(at))} ${timeText(at)}`,
    });
    const given = closed ? { class: 'hit' } : { class: 'hit', href: addressOf(row.room, row.message) };
    const node = h(
        closed ? 'div' : 'a',
        given,
        avatar(people[0]),
        h('span', { class: 'head' }, h('span', { class: 'what', dir: 'auto' }, ...whatNodes(row)), when),
        excerptNode(row),
        fresh ? h('span', { class: 'unseen', text: t('rooms.news') }) : null,
    );
    node.row = row;
    return h('li', { class: fresh ? 'news' : null }, node);
}

function whatNodes({ type, people, emojis, source, room: name }) {
    const room = source.room ?? { name };
    const direct = isDirect({ name });
    const kind = direct && type === 'invited' ? 'written' : type;
    const key = direct && kind !== 'written' ? `activity.direct.${kind}` : `activity.${kind}`;
    const values = { name: namesText(people), room: roomText(room), emoji: null };
    return sentence(key, values).flatMap((piece, i, all) => {
        if (typeof piece === 'string') return [piece];
        if (piece.value == null) return emojis.map((emoji) => pictureOf(emoji));
        return [h('bdi', { class: piece === all.find(({ value }) => value) ? 'name' : 'place', text: piece.value })];
    });
}

/** Returns the names of people; of many, the first ones and how many others there are. */
function namesText(people) {
    const names = people.map(({ name }) => name);
    if (names.length <= MOST_NAMED) return listText(names);
    const shown = names.slice(0, MOST_NAMED - 1);
    return listText([...shown, t('activity.others', { n: names.length - shown.length })]);
}

function excerptNode({ type, message, source }) {
    if (message == null || type === 'revoked') return null;
    const { state } = source;
    if (state === 'there' && source.message)
        return h('span', { class: 'said', dir: 'auto', text: excerptOf(source.message.text) });
    const words = { gone: 'activity.gone', closed: 'activity.closed', failed: 'activity.unloaded' }[state];
    return h('span', { class: 'said hint', text: words ? t(words) : '…' });
}
