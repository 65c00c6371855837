import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { isDirect, isHere } from '../model/room-list.js';
import { avatar } from './avatar.js';
import { h, PageElement } from './dom.js';
import { chevronIcon, menuIcon, peopleIcon, searchIcon, starIcon } from './icons.js';
import { COMMAND_KEY } from './intent.js';
import { lineNodes } from './text-nodes.js';

const MOST_FACES = 3;

/** The header of the page: which room this is, its topic, and who is here. */
export class RoomHeaderElement extends PageElement {
    #menu;
    #name;
    #place;
    #topic;
    #star;
    #search;
    #people;
    #room = null;
    #unread = 0;
    #state = null;

    build() {
        this.#menu = h(
            'button',
            { type: 'button', class: 'bare menu', onclick: () => this.dispatch('drawer') },
            menuIcon(),
            h('i', { class: 'dot', hidden: true }),
        );
        this.#name = h('bdi');
        this.#place = h(
            'button',
            { type: 'button', class: 'place', onclick: () => this.dispatch('room-settings') },
            this.#name,
            chevronIcon(),
        );
        this.#topic = h('p', { class: 'topic', dir: 'auto' });
        this.#star = h('button', { type: 'button', class: 'bare star', onclick: () => this.#starring() }, starIcon());
        this.#search = h(
            'button',
            { type: 'button', class: 'bare', onclick: () => this.dispatch('search') },
            searchIcon(),
        );
        this.#people = h(
            'button',
            { type: 'button', class: 'people', onclick: () => this.dispatch('people') },
            h('span', { class: 'faces' }),
            peopleIcon(),
            h('span'),
        );
        this.append(
            this.#menu,
            h('div', { class: 'where' }, h('h1', {}, this.#place), this.#topic),
            this.#star,
            this.#search,
            this.#people,
        );
    }

    render() {
        this.#menu.setAttribute(
            'aria-label',
            this.#unread > 0 ? `${t('rooms.nav')}, ${t('rooms.unread', { n: this.#unread })}` : t('rooms.nav'),
        );
        this.#star.setAttribute('aria-label', t('rooms.star'));
        this.#search.setAttribute('aria-label', t('keys.search'));
        this.#search.title = `${t('keys.search')} (${COMMAND_KEY}+F)`;
        this.#menu.lastChild.hidden = this.#unread === 0;
        if (this.#room) this.#renderRoom(this.#room);
    }

    /** Shows the room, and the number of `unread` messages elsewhere. */
    show({ room, unread }) {
        const { name, roster, topic, joined, starred, closed } = room;
        const state = JSON.stringify([name, roomText(room), topic, joined, starred, closed, unread, roster]);
        this.#room = room;
        this.#unread = unread;
        if (state !== this.#state) this.render();
        this.#state = state;
    }

    focus() {
        this.#menu.focus();
    }

    #renderRoom(room) {
        const name = roomText(room);
        const { count, here } = room.roster;
        this.#name.textContent = name;
        this.#place.setAttribute('aria-label', t('about.open', { room: name }));
        this.#place.title = room.title ? `#${room.name}` : '';
        this.#star.hidden = Boolean(room.closed);
        this.#star.setAttribute('aria-pressed', String(room.starred));
        this.#star.title = t(room.starred ? 'rooms.unstar' : 'rooms.star');
        const topic = isDirect(room) ? presence(room) : room.topic;
        this.#topic.title = topic;
        if (this.#topic.textContent !== topic) {
            this.#topic.replaceChildren(...lineNodes(topic));
            for (const link of this.#topic.querySelectorAll('a')) link.tabIndex = 0;
        }
        this.#topic.hidden = this.#topic.textContent === '';
        this.#people.hidden = isDirect(room) || count === 0;
        this.#people.setAttribute('aria-label', t('people.open', { n: count }));
        this.#people.title = t('people.open', { n: count });
        this.#people.firstChild.replaceChildren(...here.slice(0, MOST_FACES).map(avatar));
        this.#people.lastChild.textContent = count;
    }

    #starring() {
        this.dispatch('star', { room: this.#room.name, on: !this.#room.starred });
    }
}

function presence(room) {
    if (!room.with || !room.joined) return '';
    return t(isHere(room) ? 'direct.here' : 'direct.away');
}
