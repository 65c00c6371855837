import { t } from '../i18n/i18n.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';
import { languagePicker } from './language-picker.js';

/** How you are called here, and in which language the page speaks. */
export class ProfileElement extends DialogElement {
    #label;
    #name;
    #save;
    #fault;
    #language;
    #refused = false;

    content() {
        this.#label = h('label', { for: 'profile-name' });
        this.#name = h('input', { id: 'profile-name', maxlength: 32, autocomplete: 'nickname', dir: 'auto' });
        this.#name.setAttribute('aria-describedby', 'profile-fault');
        this.#save = h('button', { type: 'submit', class: 'primary' });
        this.#fault = h('p', { id: 'profile-fault', class: 'fault', role: 'alert' });
        this.#language = h('label', { for: 'profile-language' });
        const form = h('form', { onsubmit: (event) => this.#submit(event) }, this.#label, h('div', { class: 'pair' }, this.#name, this.#save), this.#fault);
        return [form, this.#language, languagePicker('profile-language')];
    }

    get heading() {
        return t('profile.title');
    }

    say() {
        super.say();
        this.#label.textContent = t('welcome.name');
        this.#save.textContent = t('profile.save');
        this.#language.textContent = t('profile.language');
        this.#fault.textContent = this.#refused ? t('profile.refused') : '';
    }

    /** Opens with the present name; `refused` when the one asked for was none. */
    show(name, refused = false) {
        this.#name.value = name;
        this.#refused = refused;
        this.say();
        this.open();
    }

    #submit(event) {
        event.preventDefault();
        const name = this.#name.value.trim();
        if (!name) return this.show('', true);
        this.close();
        this.ask('name', name);
    }
}
