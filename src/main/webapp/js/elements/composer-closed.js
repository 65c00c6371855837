import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { closedReason } from '../model/permissions.js';
import { h, hide, PageElement, spoken } from './dom.js';
import { teaIcon } from './icons.js';

/** Replaces the composer when the user cannot post, and says why and what they can do instead. */
export class ComposerClosedElement extends PageElement {
    #words;
    #button;
    #room = null;
    #ways = { guest: true, others: false, leads: false };

    build() {
        this.#words = h('p', { role: 'status' });
        this.#button = h('button', {
            type: 'button',
            class: 'plain',
            onclick: () => this.#act(),
        });
        this.append(teaIcon(), this.#words, this.#button);
    }

    render() {
        const reason = this.#room && closedReason(this.#room);
        const alone = Boolean(this.#room?.closed) && this.#room.timeline.entries.length === 0;
        hide(this, !reason);
        this.classList.toggle('closed', alone); // otherwise it appears below what is read
        if (!reason) return;
        const { guest, others, leads } = this.#ways;
        const key = reason === 'read-only' && !guest ? 'read-only-signed-in' : reason;
        const said = spoken(`shut.${key}`, { room: roomText(this.#room) });
        if (reason === 'read-only' && others && !leads) said.push(` ${t('welcome.token')}`);
        this.#words.replaceChildren(...said);
        this.#button.hidden = reason === 'read-only' && !leads;
        this.#button.textContent = t({ archived: 'shut.about', 'read-only': 'shut.sign-in' }[reason] ?? 'rooms.all');
    }

    #act() {
        const { closed, archived } = this.#room;
        this.dispatch(closed ? 'directory' : archived ? 'room-settings' : 'sign-in');
    }

    /** Sets whether the user is a `guest`, whether `others` may write, and whether the page `leads` there. */
    set ways(ways) {
        this.#ways = ways;
        this.render();
    }

    set room(room) {
        this.#room = room;
        this.render();
    }
}
