import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { closedReason } from '../model/permissions.js';
import { h, PageElement } from './dom.js';
import { teaIcon } from './icons.js';

/** Stands where one would write when that cannot be done, and says why and what can be done instead. */
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
        this.classList.toggle('closed', alone); // else it stands below what has been read already
        this.#words.textContent = reason ? t(`shut.${reason}`, { room: roomText(this.#room) }) : '';
        this.#button.textContent = reason === 'archived' ? t('shut.about') : t('rooms.all');
    }

    set room(room) {
        this.#room = room;
        this.render();
    }
}
