import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { isDirect } from '../model/room-list.js';
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { bellOffIcon, editIcon, lockIcon } from './icons.js';

/**
 * A list of links to rooms, each with its number of unread messages (the current room shows its own). Links keep their
 * nodes, so that no click is lost.
 */
export class RoomLinks {
    heading = h('h2');
    list = h('ul', { class: 'rooms' });
    #items = new Map();
    #shown = null;

    render() {
        for (const item of this.#items.values()) item.state = null;
        if (this.#shown) this.show(...this.#shown);
    }

    show(rooms, { here, muted, drafts }) {
        this.#shown = [rooms, { here, muted, drafts }];
        const items = rooms.map((room) =>
            this.#item(room, {
                current: room === here,
                muted: muted.has(room.name),
                draft: room !== here && Boolean(drafts?.has(room.name)),
            }),
        );
        const { children } = this.list;
        if (items.length === children.length && items.every((item, i) => item === children[i])) return;
        const focused = document.activeElement;
        this.list.replaceChildren(...items);
        if (this.list.contains(focused)) focused.focus();
    }

    #item(room, { current, muted, draft }) {
        const { name, mentions, access } = room;
        const unread = current ? 0 : room.unread;
        const item = this.#items.get(name) ?? { node: h('li', {}, h('a', { href: `#${name}` })), state: null };
        this.#items.set(name, item);
        const state = JSON.stringify([roomText(room), unread, mentions, current, muted, draft, access]);
        if (item.state !== state) fill(item.node.firstChild, room, { current, muted, draft });
        item.state = state;
        return item.node;
    }
}

function fill(link, room, { current, muted, draft }) {
    const { unread, mentions, access } = room;
    const direct = isDirect(room);
    const sign = direct
        ? avatar(room.with ?? { id: room.name, name: '?' })
        : access === 'members'
          ? lockIcon()
          : h('i', { class: 'hash', 'aria-hidden': 'true', text: '#' });
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    link.classList.toggle('unread', unread > 0 && !muted && !current);
    link.replaceChildren(
        sign,
        h('bdi', { text: direct ? roomText(room) : room.name }),
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
