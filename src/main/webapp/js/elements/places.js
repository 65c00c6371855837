import { t } from '../i18n/i18n.js';
import { Room } from '../model/room.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';

/** Goes to another room: by its name, or to one where the user has been. */
export class PlacesElement extends DialogElement {
    #label;
    #name;
    #go;
    #hint;
    #heading;
    #recent;
    #bad = false;

    content() {
        this.#label = h('label', { for: 'places-name' });
        this.#name = h('input', { id: 'places-name', maxlength: 64, autocomplete: 'off', autocapitalize: 'none', spellcheck: false });
        this.#name.setAttribute('aria-describedby', 'places-hint');
        this.#go = h('button', { type: 'submit', class: 'primary' });
        this.#hint = h('p', { id: 'places-hint', class: 'hint', 'aria-live': 'polite' });
        this.#heading = h('h3');
        this.#recent = h('ul', { class: 'places' });
        const form = h('form', { onsubmit: (event) => this.#submit(event) }, this.#label, h('div', { class: 'pair' }, this.#name, this.#go), this.#hint);
        return [form, this.#heading, this.#recent];
    }

    get heading() {
        return t('room.title');
    }

    say() {
        super.say();
        this.#label.textContent = t('room.name');
        this.#go.textContent = t('room.go');
        this.#hint.textContent = t(this.#bad ? 'room.bad' : 'room.hint');
        this.#hint.className = this.#bad ? 'fault' : 'hint';
        this.#heading.textContent = t('room.recent');
    }

    /** Opens with the rooms where the user has been. */
    show(rooms) {
        this.#bad = false;
        this.#name.value = '';
        const link = (room) => h('a', { href: `#${room}`, text: `#${room}`, onclick: () => this.close() });
        this.#recent.replaceChildren(...rooms.map((room) => h('li', {}, link(room))));
        this.#heading.hidden = rooms.length === 0;
        this.say();
        this.open();
        this.#name.focus();
    }

    #submit(event) {
        event.preventDefault();
        const room = this.#name.value.trim().replace(/^#/, '').toLowerCase();
        this.#bad = !Room.isName(room);
        this.say();
        if (this.#bad) return;
        this.close();
        this.ask('room', room);
    }
}
