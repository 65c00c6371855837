import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { h, PageElement } from './dom.js';
import { lampIcon } from './icons.js';
import { languagePicker } from './language-picker.js';

/** The sign-in page of the first visit, which asks for a name. */
export class WelcomeElement extends PageElement {
    #title;
    #lead;
    #name;
    #enter;
    #fault;
    #room;
    #roomName = '';
    #refused = false;

    build() {
        this.#title = h('h1');
        this.#lead = h('label', { for: 'welcome-name' });
        this.#name = h('input', {
            id: 'welcome-name',
            maxlength: 32,
            autocomplete: 'nickname',
            enterkeyhint: 'go',
            dir: 'auto',
        });
        this.#name.setAttribute('aria-describedby', 'welcome-fault');
        this.#enter = h('button', { type: 'submit', class: 'primary' });
        this.#fault = h('p', { id: 'welcome-fault', class: 'fault', role: 'alert' });
        this.#room = h('p', { class: 'hint' });
        const form = h(
            'form',
            { onsubmit: (event) => this.#submit(event) },
            this.#lead,
            this.#name,
            this.#enter,
            this.#fault,
        );
        this.append(
            h(
                'div',
                { class: 'table' },
                h('i', { class: 'cord' }),
                lampIcon('lamp big'),
                this.#title,
                form,
                this.#room,
            ),
            languagePicker(),
        );
    }

    render() {
        this.#title.textContent = t('welcome.title');
        this.#lead.textContent = t('welcome.lead');
        this.#name.placeholder = t('welcome.name');
        this.#enter.textContent = t('welcome.enter');
        this.#room.textContent = this.#roomName ? t('welcome.room', { room: roomText({ name: this.#roomName }) }) : '';
        this.#fault.textContent = this.#refused ? t('welcome.refused') : '';
        this.#name.setAttribute('aria-invalid', String(this.#refused));
    }

    /** Asks for a name for joining `room`; `refused` when the previous one was not accepted. */
    open(room, refused = false) {
        this.#roomName = room;
        this.#refused = refused;
        this.hidden = false;
        this.render();
        this.#name.focus();
    }

    #submit(event) {
        event.preventDefault();
        const name = this.#name.value.trim();
        if (name) this.dispatch('name', name);
        else this.open(this.#roomName, true);
    }
}
