import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { closedReason } from '../model/permissions.js';
import { h, PageElement } from './dom.js';
import { teaIcon } from './icons.js';

/** Replaces the composer when the user cannot post, and says why and what they can do instead. */
export class ComposerClosedElement extends PageElement {
    #words;
    #button;
    #room = null;

    build() {
        this.#words = h('p', { role: 'status' });
        this.#button = h('button', {
            type: 'button',
            class: 'plain',
            onclick: () => this.dispatch(this.#room.closed ? 'switcher' : 'room-settings'),
        });
        this.append(teaIcon(), this.#words, this.#button);
    }

    render() {
        const reason = this.#room && closedReason(this.#room);
        this.hidden = !reason;
        const alone = Boolean(reason) && reason !== 'archived' && this.#room.timeline.entries.length === 0;
        this.classList.toggle('closed', alone); // otherwise it appears below what is read
        this.#words.textContent = reason ? t(`shut.${reason}`, { room: roomText(this.#room) }) : '';
        this.#button.textContent = reason === 'archived' ? t('shut.about') : t('rooms.all');
    }

    set room(room) {
        this.#room = room;
        this.render();
    }
}
