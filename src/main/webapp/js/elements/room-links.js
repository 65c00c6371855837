import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { isDirect, isHere } from '../model/room-list.js';
import { faceNode } from './avatar.js';
import { h, place } from './dom.js';
import { bellOffIcon, editIcon, lockIcon } from './icons.js';

/**
 * A list of links to rooms, each with its number of unread messages (the current room shows its own). Links keep their
 * nodes, so that no click is lost.
 */
export class RoomLinks {
    heading = h('h2');
    list = h('ul', { class: 'rooms' });
    #items;
    #shown = null;

    /** `items` are the links of all lists of the sidebar: a room that moves from one to another keeps its link. */
    constructor(items) {
        this.#items = items;
    }

    render() {
        if (!this.#shown) return;
        for (const { name } of this.#shown[0]) this.#items.get(name).state = null;
        this.show(...this.#shown);
    }

    /** `alike` are the names of the rooms that have the title of another one. */
    show(rooms, { here, muted, drafts, alike }) {
        this.#shown = [rooms, { here, muted, drafts, alike }];
        const nodes = rooms.map((room) =>
            this.#node(room, {
                current: room === here,
                muted: muted.has(room.name),
                draft: room !== here && Boolean(drafts?.has(room.name)),
                alike: alike.has(room.name),
            }),
        );
        place(this.list, nodes);
    }

    #node(room, shown) {
        const { name, mentions, access } = room;
        const item = this.#items.get(name) ?? { node: h('li', {}, h('a', { href: `#${name}` })), state: null };
        this.#items.set(name, item);
        const unread = shown.current ? 0 : room.unread;
        const state = JSON.stringify([roomText(room), unread, mentions, access, shown, isHere(room)]);
        if (item.state !== state) fill(item.node.firstChild, room, shown);
        item.state = state;
        return item.node;
    }
}

function fill(link, room, { current, muted, draft, alike }) {
    const { name, title, unread, mentions, access } = room;
    const direct = isDirect(room);
    const here = isHere(room);
    const sign = direct
        ? faceNode(room.with ?? { id: name, name: '?' }, here)
        : access === 'members'
          ? lockIcon()
          : h('i', { class: 'hash', 'aria-hidden': 'true', text: '#' });
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    link.classList.toggle('unread', unread > 0 && !muted && !current);
    link.replaceChildren(
        sign,
        h('bdi', { text: direct || title ? roomText(room) : name }),
        ...(alike ? [h('bdi', { class: 'slug', text: `#${name}` })] : []),
        ...(here ? [unseen(t('direct.here'))] : []),
        ...(draft ? [editIcon(), unseen(t('rooms.draft'))] : []),
        ...countNodes({ unread: current ? 0 : unread, mentions, direct, muted }),
    );
}

function countNodes({ unread, mentions, direct, muted }) {
    const nodes = muted ? [bellOffIcon(), unseen(t('rooms.muted'))] : [];
    if (unread === 0) return nodes;
    const calling = (mentions > 0 || direct) && !muted;
    const words =
        mentions > 0
            ? `${t('rooms.unread', { n: unread })}, ${t('rooms.mentions', { n: mentions })}`
            : t('rooms.unread', { n: unread });
    const text = `${mentions > 0 ? '@' : ''}${unread > 99 ? '99+' : unread}`;
    return [
        ...nodes,
        h('b', { class: calling ? 'count calling' : 'count', 'aria-hidden': 'true', text }),
        unseen(words),
    ];
}

function unseen(words) {
    return h('span', { class: 'unseen', text: `, ${words}` });
}
