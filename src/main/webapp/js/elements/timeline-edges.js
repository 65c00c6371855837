import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { isDirect } from '../model/room-list.js';
import { h, hide, spoken, write } from './dom.js';
import { downIcon, teaIcon } from './icons.js';

/**
 * What stands above, below and instead of the messages: where the room begins, what is loading, that there are no
 * messages yet; and the button that goes to the end.
 */
export class TimelineEdges {
    above = h('p', { class: 'note begin' });
    below = h('p', { class: 'note end' });
    jump = h('button', { type: 'button', class: 'jump', hidden: true }, h('span'), downIcon());
    empty = h('div', { class: 'empty' }, teaIcon(), h('p', { class: 'title' }), h('p', { class: 'lead' }));

    /**
     * Shows the state of `entries`, which are a part of the `range` of the room, and of all `rows`; `range` is null
     * when the wanted part must be loaded first.
     */
    render(room, { entries, rows, range }) {
        const { timeline } = room;
        this.#renderEmpty(room, rows.length === 0 && (!room.joined || !range || range.begins), range);
        const begins = entries.length === 0 || timeline.indexOf(entries[0].seq) <= timeline.indexOf(range.from);
        const ends = entries.length > 0 && timeline.indexOf(entries.at(-1).seq) + 1 >= timeline.indexOf(range.to + 1);
        this.#fill(this.above, range && begins && this.empty.hidden && beginning(room, range));
        this.#fill(this.below, range && ends && !range.ends && fetching('later', room));
    }

    /** Shows the button that goes to the end, with the number of new messages. */
    renderBelow(following, n) {
        hide(this.jump, following);
        this.jump.classList.toggle('counting', n > 0);
        write(this.jump.firstChild, n > 0 ? t('room.below', { n }) : t('room.bottom'));
    }

    #renderEmpty(room, empty, range) {
        const [, title, lead] = this.empty.children;
        const values = { room: roomText(room) };
        const quiet = room.joined && range != null;
        hide(this.empty, !empty);
        this.empty.classList.toggle('opening', !quiet);
        fill(title, spoken(quiet ? 'room.empty' : room.joined ? 'room.seeking' : 'room.opening', values));
        const key = isDirect(room) ? 'direct.emptyLead' : 'room.emptyLead';
        fill(lead, quiet && !room.archived ? spoken(key, values) : []);
    }

    #fill(note, words) {
        hide(note, !words);
        fill(note, words || []);
    }
}

function fill(note, nodes) {
    const said = nodes.map((node) => node.textContent ?? node).join('');
    if (note.textContent !== said) note.replaceChildren(...nodes);
}

function beginning(room, range) {
    if (!range.begins) return fetching('earlier', room);
    const words = range.from > 1 ? 'room.gone' : isDirect(room) ? 'direct.begin' : 'room.begin';
    return spoken(words, { room: roomText(room) });
}

function fetching(which, { readingFailed }) {
    if (!readingFailed) return [t(`reading.${which}`)];
    return [
        t(`reading.${which}Failed`),
        ' ',
        h('button', { type: 'button', class: 'plain', 'data-do': which, text: t('message.retry') }),
    ];
}
