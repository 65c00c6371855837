import { t } from '../i18n/i18n.js';
import { addressOf } from '../model/address.js';
import { h, PageElement } from './dom.js';

/** A few public rooms, for somebody who is in none yet: what they are about, and how many people are there. */
export class OpenRoomsElement extends PageElement {
    #heading = h('h2');
    #list = h('ul');
    #rooms = [];

    build() {
        this.append(this.#heading, this.#list);
    }

    render() {
        this.#heading.textContent = t('rooms.open');
        this.#list.replaceChildren(...this.#rooms.map(itemNode));
    }

    /** Sets the rooms, as the directory lists them. */
    set rooms(rooms) {
        this.#rooms = rooms;
        this.render();
    }
}

function itemNode({ room: name, title, topic, here }) {
    const words = [
        h('bdi', { class: 'name', text: title || `#${name}` }),
        here > 0 ? h('span', { class: 'here', text: t('people.open', { n: here }) }) : null,
        topic ? h('span', { class: 'topic', dir: 'auto', text: topic }) : null,
    ];
    return h('li', {}, h('a', { href: addressOf(name) }, ...words));
}
