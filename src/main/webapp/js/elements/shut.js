import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/rooms.js';
import { shutReason } from '../model/shut.js';
import { h, PageElement } from './dom.js';
import { teaIcon } from './icons.js';

/** Stands where one would write when that cannot be done, and says why and what can be done instead. */
export class ShutElement extends PageElement {
    #words;
    #button;
    #room = null;

    build() {
        this.#words = h('p', { role: 'status' });
        this.#button = h('button', { type: 'button', class: 'plain', onclick: () => this.ask(this.#room.closed ? 'places' : 'about') });
        this.append(teaIcon(), this.#words, this.#button);
    }

    say() {
        const reason = this.#room && shutReason(this.#room);
        this.hidden = !reason;
        this.classList.toggle('closed', Boolean(reason) && reason !== 'archived');
        this.#words.textContent = reason ? t(`shut.${reason}`, { room: roomText(this.#room) }) : '';
        this.#button.textContent = reason === 'archived' ? t('shut.about') : t('rooms.all');
    }

    set room(room) {
        this.#room = room;
        this.say();
    }
}
