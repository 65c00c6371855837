import { t } from '../i18n/i18n.js';
import { roomNameFrom } from '../model/address.js';
import { mayBeMade } from '../model/switcher.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';

/** The dialog that creates a room: its name, its topic, and who can join. */
export class NewRoomElement extends DialogElement {
    #labels;
    #name;
    #topic;
    #access;
    #hint;
    #make;
    #bad = false;

    content() {
        this.#name = h('input', {
            id: 'new-room-name',
            maxlength: 64,
            autocomplete: 'off',
            autocapitalize: 'none',
            spellcheck: false,
        });
        this.#name.setAttribute('aria-describedby', 'new-room-hint');
        this.#topic = h('input', { id: 'new-room-topic', maxlength: 200, autocomplete: 'off', dir: 'auto' });
        this.#access = h(
            'select',
            { id: 'new-room-access' },
            h('option', { value: 'public' }),
            h('option', { value: 'members' }),
        );
        this.#hint = h('p', { id: 'new-room-hint', 'aria-live': 'polite' });
        this.#make = h('button', { type: 'submit', class: 'primary' });
        this.#labels = ['name', 'topic', 'access'].map((what) => h('label', { for: `new-room-${what}` }));
        const [name, topic, access] = this.#labels;
        return [
            h(
                'form',
                { onsubmit: (event) => this.#submit(event) },
                name,
                this.#name,
                this.#hint,
                topic,
                this.#topic,
                access,
                this.#access,
                this.#make,
            ),
        ];
    }

    get heading() {
        return t('rooms.make');
    }

    render() {
        super.render();
        const words = ['room.name', 'about.topic', 'make.access'];
        this.#labels.forEach((label, i) => (label.textContent = t(words[i])));
        [...this.#access.options].forEach((option) => (option.textContent = t(`make.${option.value}`)));
        this.#hint.textContent = t(this.#bad ? 'room.bad' : 'make.hint');
        this.#hint.className = this.#bad ? 'fault' : 'hint';
        this.#make.textContent = t('make.make');
    }

    /** Opens with the requested name. */
    show(name) {
        this.#bad = false;
        this.#name.value = name ?? '';
        this.#topic.value = '';
        this.#access.value = 'public';
        this.render();
        this.open();
        (name ? this.#topic : this.#name).focus();
    }

    #submit(event) {
        event.preventDefault();
        const name = roomNameFrom(this.#name.value);
        this.#bad = !mayBeMade(name);
        this.render();
        if (this.#bad) return this.#name.focus();
        this.dispatch('create', { name, topic: this.#topic.value.trim(), access: this.#access.value });
    }
}
