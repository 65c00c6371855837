import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { isGuest } from '../model/people.js';
import { faceNode, nameNode } from './avatar.js';
import { faultText } from './dialog.js';
import { h, hide } from './dom.js';
import { PopupElement } from './popup.js';

/** The card of a person: who they are, whether they are here, the rooms in common, and ways to address them. */
export class PersonCardElement extends PopupElement {
    #person;
    #state;
    #write;
    #mention;
    #title;
    #rooms;
    #fault;
    #shown = null;

    content() {
        this.#person = h('div', { class: 'person' });
        this.#state = h('p', { class: 'hint', role: 'status' });
        const deed = (name) =>
            h('button', { type: 'button', class: name, onclick: () => this.dispatch(name, this.#shown.person) });
        this.#write = deed('direct');
        this.#mention = deed('mention');
        this.#title = h('h3', { id: 'rooms-in-common' });
        this.#rooms = h('ul', { class: 'common', 'aria-labelledby': 'rooms-in-common', onclick: () => this.close() });
        this.#fault = h('p', { class: 'fault', role: 'alert' });
        const deeds = h('div', { class: 'pair' }, this.#write, this.#mention);
        return [this.#person, deeds, this.#fault, this.#title, this.#rooms];
    }

    render() {
        if (!this.#shown) return;
        const { person, online, rooms, own, canWrite, canMention } = this.#shown;
        this.dialog.setAttribute('aria-label', person.name);
        const here = online ? t('direct.here') : t('direct.away');
        const kind = isGuest(person) ? t('card.guest') : t('card.signedIn');
        const known = [own && t('message.you'), online != null && here, kind];
        this.#state.textContent = known.filter(Boolean).join(' · ');
        this.#person.replaceChildren(
            faceNode(person, online === true),
            h('div', {}, h('h2', {}, nameNode(person)), this.#state),
        );
        this.#write.textContent = t('people.write');
        this.#mention.textContent = t('card.mention');
        hide(this.#write, own || !canWrite);
        hide(this.#mention, own || !canMention);
        hide(this.#write.parentNode, this.#write.hidden && this.#mention.hidden);
        hide(this.#title, rooms == null);
        this.#title.textContent = t(rooms?.length === 0 ? 'card.nothingCommon' : 'card.common');
        this.#rooms.replaceChildren(...(rooms ?? []).map(roomNode));
    }

    /**
     * Opens for `person` beside `box`; whether they are the user's `own` self, and what the user may do. What the
     * server says of them may arrive later.
     */
    show({ box, ...shown }) {
        this.#shown = { online: null, rooms: null, ...shown };
        this.#fault.textContent = '';
        this.render();
        this.open(box);
    }

    /** Adds what the server says of the person of this id: `{name, online, rooms}`. */
    tell(id, { name, online, rooms }) {
        if (!this.isOpen || this.#shown.person.id !== id) return;
        this.#shown = { ...this.#shown, person: { id, name }, online, rooms };
        this.render();
        this.fit();
    }

    /** Sets the error of an action of this dialog, a `ChatError`; null when there was no error. */
    set fault(fault) {
        this.#fault.textContent = fault ? faultText(fault) : '';
    }
}

/** The title of a room, or its name. */
function roomNode({ room, title }) {
    return h('li', {}, h('a', { href: `#${room}`, dir: 'auto', text: title || roomText({ name: room }) }));
}
