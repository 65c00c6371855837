import { t } from '../i18n/i18n.js';
import { avatar } from './avatar.js';
import { h, PageElement } from './dom.js';
import { chevronIcon, keysIcon, lampIcon } from './icons.js';

/** The line at the top: where you are and who you are. */
export class BarElement extends PageElement {
    #heading;
    #place;
    #room;
    #keys;
    #me;
    #user = null;

    build() {
        this.#room = h('bdi');
        this.#place = h('button', { type: 'button', class: 'place', onclick: () => this.ask('places') }, this.#room, chevronIcon());
        this.#heading = h('h1', {}, this.#place);
        this.#keys = h('button', { type: 'button', class: 'bare keys', onclick: () => this.ask('keys') }, keysIcon());
        this.#me = h('button', { type: 'button', class: 'me', hidden: true, onclick: () => this.ask('profile') });
        this.append(lampIcon(), this.#heading, this.#keys, this.#me);
    }

    say() {
        this.#place.setAttribute('aria-label', t('room.switch', { room: this.#room.textContent.slice(1) }));
        this.#keys.setAttribute('aria-label', t('keys.open'));
        this.#keys.title = `${t('keys.open')} (?)`;
        if (this.#user) this.#me.setAttribute('aria-label', t('profile.open', { name: this.#user.name }));
    }

    set room(name) {
        this.#room.textContent = `#${name}`;
        this.say();
    }

    set user(user) {
        this.#user = user;
        this.#me.hidden = false;
        this.#me.replaceChildren(h('bdi', { text: user.name }), avatar(user));
        this.say();
    }
}
