import { t } from '../i18n/i18n.js';
import { avatar } from './avatar.js';
import { h, PageElement } from './dom.js';
import { closeIcon, keysIcon, lampIcon, plusIcon } from './icons.js';
import { COMMAND_KEY } from './intent.js';
import { RoomLinks } from './room-links.js';

/**
 * The sidebar: the user's rooms, their direct messages, and their name. On a small screen it is a drawer over the room.
 */
export class SidebarElement extends PageElement {
    #find;
    #close;
    #rooms;
    #directs;
    #all;
    #make;
    #write;
    #me;
    #keys;
    #user = null;

    build() {
        const button = (action, icon, className) =>
            h('button', { type: 'button', class: className ?? 'bare', onclick: () => this.dispatch(action) }, icon);
        this.#close = button('drawer', closeIcon(), 'bare shut');
        this.#find = h(
            'button',
            { type: 'button', class: 'find', onclick: () => this.dispatch('switcher') },
            h('span'),
            h('kbd', { text: `${COMMAND_KEY} K` }),
        );
        this.#make = button('new-room', plusIcon());
        this.#write = button('write', plusIcon());
        this.#all = h('button', { type: 'button', class: 'plain', onclick: () => this.dispatch('switcher') });
        this.#rooms = new RoomLinks();
        this.#directs = new RoomLinks();
        this.#me = h('button', { type: 'button', class: 'me', hidden: true, onclick: () => this.dispatch('profile') });
        this.#keys = button('keys', keysIcon(), 'bare keys-button');
        this.append(
            h('div', { class: 'sign' }, lampIcon(), h('strong', { text: t('app.name') }), this.#close),
            this.#find,
            h(
                'div',
                { class: 'lists' },
                section(this.#rooms, this.#make, this.#all),
                section(this.#directs, this.#write),
            ),
            h('div', { class: 'foot' }, this.#me, this.#keys),
        );
    }

    render() {
        this.setAttribute('aria-label', t('rooms.nav'));
        this.#find.firstChild.textContent = t('rooms.find');
        this.#rooms.heading.textContent = t('rooms.title');
        this.#directs.heading.textContent = t('rooms.directs');
        this.#all.textContent = t('rooms.all');
        label(this.#close, t('notice.close'));
        label(this.#make, t('rooms.make'));
        label(this.#write, t('rooms.write'));
        label(this.#keys, `${t('keys.open')} (?)`);
        this.#rooms.render();
        this.#directs.render();
        if (this.#user) this.#me.setAttribute('aria-label', t('profile.open', { name: this.#user.name }));
    }

    /** Shows the `list` from `roomList`, the current room `here`, and which rooms are `muted`. */
    show({ list, here, muted }) {
        this.#rooms.show(list.rooms, { here, muted });
        this.#directs.show(list.directs, { here, muted });
    }

    set user(user) {
        this.#user = user;
        this.#me.hidden = false;
        this.#me.replaceChildren(avatar(user), h('bdi', { text: user.name }));
        this.render();
    }

    focus() {
        (this.querySelector('[aria-current]') ?? this.#find).focus();
    }
}

function section(links, add, ...more) {
    return h('section', {}, h('div', { class: 'head' }, links.heading, add), links.list, ...more);
}

function label(button, words) {
    button.setAttribute('aria-label', words);
    button.title = words;
}
