import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { roomNameFrom } from '../model/address.js';
import { isDirect, namesakesIn } from '../model/room-list.js';
import { mayBeMade, roomNamed, roomsFor } from '../model/switcher.js';
import { avatar, nameNode } from './avatar.js';
import { Combobox } from './combobox.js';
import { DialogElement } from './dialog.js';
import { h, spoken } from './dom.js';
import { hashIcon, lockIcon, plusIcon } from './icons.js';

const PAGE = 50;

/**
 * The dialog that goes to a room or a person: by choosing one or by typing its name. It offers to create a room that
 * does not exist.
 */
export class SwitcherElement extends DialogElement {
    #label;
    #combobox;
    #hint;
    #rooms = [];
    #people = [];
    #searched = false;
    #here = null;
    #peopleOnly = false;
    #most = PAGE;

    content() {
        this.#label = h('label', { for: 'switcher-name' });
        this.#combobox = new Combobox('switcher-name', {
            typed: (text) => this.#typed(text),
            chosen: (choice) => this.#chosen(choice),
            ended: () => this.#more(),
        });
        this.#hint = h('p', { id: 'switcher-hint', class: 'hint', 'aria-live': 'polite' });
        this.#combobox.field.setAttribute('aria-describedby', 'switcher-hint');
        return [this.#label, this.#combobox.field, this.#hint, this.#combobox.list, this.#combobox.nothing];
    }

    get heading() {
        return t(this.#peopleOnly ? 'places.person' : 'places.title');
    }

    render() {
        super.render();
        this.#label.textContent = t(this.#peopleOnly ? 'people.name' : 'places.name');
        this.#hint.textContent = this.#peopleOnly ? t('places.personHint') : '';
        this.#combobox.list.setAttribute('aria-label', this.heading);
        this.#offer();
    }

    /** Opens with the rooms known so far and the current one, `here`; `peopleOnly` to choose a person. */
    show({ rooms, here }, peopleOnly = false) {
        this.#rooms = rooms;
        this.#here = here;
        this.#people = [];
        this.#searched = false;
        this.#peopleOnly = peopleOnly;
        this.#most = PAGE;
        this.#combobox.field.value = '';
        this.render();
        this.open();
        this.#combobox.field.focus();
    }

    /** Updates the rooms. */
    set rooms(rooms) {
        this.#rooms = rooms;
        this.#offer();
    }

    /** Offers the people who match the current text; `searched` when there are no others. */
    offerPeople(people, searched) {
        this.#people = people;
        this.#searched = searched;
        this.#offer();
    }

    /** Shows more of the known rooms as the user scrolls down, and asks for others when there are no more. */
    #more() {
        if (this.#most > this.#rooms.length) return this.dispatch('more-rooms');
        this.#most += PAGE;
        this.#offer();
    }

    #typed(text) {
        this.#searched = false;
        this.#most = PAGE;
        this.render();
        this.dispatch('search-people', text);
    }

    #offer() {
        const { text } = this.#combobox;
        const rooms = this.#peopleOnly ? [] : roomsFor(text, this.#rooms, this.#here, this.#most);
        const { readOnly } = this.#here ?? {};
        const people = !readOnly && (this.#peopleOnly || text !== '') ? this.#people : [];
        const ways = this.#peopleOnly ? [] : this.#newChoices(text, readOnly);
        const first = rooms.length === 0 && mayBeMade(roomNameFrom(text)); // an address is exact, a title may be a name
        const alike = namesakesIn(rooms);
        const choices = [
            ...(first ? ways : []),
            ...rooms.map((room) => roomChoice(room, alike)),
            ...people.map((person, _, all) => personChoice(person, all)),
            ...(first ? [] : ways),
        ];
        const nothing = t(this.#peopleOnly ? 'people.nobody' : 'places.nothing');
        this.#combobox.show(choices);
        const none = this.#searched && text !== '' && rooms.length === 0 && people.length === 0;
        this.#combobox.nothing.textContent = none ? nothing : '';
    }

    /** What can be done with a text that names no room: go there, if it is an address, and create a room for it. */
    #newChoices(text, readOnly) {
        const title = text.replace(/^#/, '').trim();
        const name = roomNameFrom(text);
        if (title === '' || roomNamed(text, this.#rooms)) return [];
        const isName = mayBeMade(name);
        const called = mayBeMade(title) ? `#${title}` : title;
        const makes = !readOnly && (isName || this.#searched);
        return [isName && goChoice(name), makes && makeChoice(title, called)].filter(Boolean);
    }

    #chosen(choice) {
        if (!choice) return;
        if (choice.action !== 'direct') this.close(); // what was typed stays until that has worked
        this.dispatch(choice.action, choice.detail);
    }
}

function roomChoice(room, alike) {
    const { name, topic, access, unread } = room;
    const sign = isDirect(room)
        ? avatar(room.with ?? { id: name, name: '?' })
        : access === 'members'
          ? lockIcon()
          : hashIcon();
    const words = room.title || isDirect(room) ? roomText(room) : name;
    return {
        value: { action: 'room', detail: name },
        nodes: [
            sign,
            h('bdi', { class: 'name', text: words }),
            alike.has(name) ? h('bdi', { class: 'slug', text: `#${name}` }) : null,
            h('span', { class: 'topic', dir: 'auto', text: topic }),
            unread > 0 ? h('b', { class: 'count', text: unread }) : null,
        ],
    };
}

function personChoice(person, among) {
    return {
        value: { action: 'direct', detail: person },
        nodes: [
            avatar(person),
            nameNode(person, among),
            h('span', { class: 'topic', text: t('places.write') }),
        ],
    };
}

function goChoice(name) {
    return {
        value: { action: 'room', detail: name },
        nodes: [hashIcon(), h('span', { class: 'name', text: t('places.go', { room: `#${name}` }) })],
    };
}

function makeChoice(title, called) {
    return {
        value: { action: 'new-room', detail: title },
        nodes: [plusIcon(), h('span', { class: 'name' }, ...spoken('places.make', { room: called }))],
    };
}
