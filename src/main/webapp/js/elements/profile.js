import { t } from '../i18n/i18n.js';
import { LEVELS } from '../model/notify.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';
import { languagePicker } from './language-picker.js';

/** The user's settings: their name, the page's language, and notifications. */
export class ProfileElement extends DialogElement {
    #label;
    #name;
    #save;
    #fault;
    #language;
    #notify;
    #level;
    #denied;
    #sound;
    #refused = false;

    content() {
        this.#label = h('label', { for: 'profile-name' });
        this.#name = h('input', { id: 'profile-name', maxlength: 32, autocomplete: 'nickname', dir: 'auto' });
        this.#name.setAttribute('aria-describedby', 'profile-fault');
        this.#save = h('button', { type: 'submit', class: 'primary' });
        this.#fault = h('p', { id: 'profile-fault', class: 'fault', role: 'alert' });
        this.#language = h('label', { for: 'profile-language' });
        this.#notify = h('label', { for: 'profile-notify' });
        this.#level = h(
            'select',
            { id: 'profile-notify', onchange: () => this.dispatch('notify', this.#level.value) },
            ...LEVELS.map((level) => h('option', { value: level })),
        );
        this.#denied = h('p', { class: 'hint', role: 'status', hidden: true });
        this.#sound = h('input', { type: 'checkbox', onchange: () => this.dispatch('sound', this.#sound.checked) });
        const form = h(
            'form',
            { onsubmit: (event) => this.#submit(event) },
            this.#label,
            h('div', { class: 'pair' }, this.#name, this.#save),
            this.#fault,
        );
        const sound = h('label', { class: 'choice' }, this.#sound, h('span'));
        return [
            form,
            this.#language,
            languagePicker('profile-language'),
            this.#notify,
            this.#level,
            this.#denied,
            sound,
        ];
    }

    get heading() {
        return t('profile.title');
    }

    render() {
        super.render();
        this.#label.textContent = t('welcome.name');
        this.#save.textContent = t('profile.save');
        this.#language.textContent = t('profile.language');
        this.#fault.textContent = this.#refused ? t('profile.refused') : '';
        this.#notify.textContent = t('profile.notify');
        for (const option of this.#level.options) option.textContent = t(`notify.${option.value}`);
        this.#sound.nextSibling.textContent = t('profile.sound');
        this.denied = !this.#denied.hidden;
    }

    /** Sets the notification settings: a `level` and whether there is a `sound`. */
    set attention({ level, sound }) {
        this.#level.value = level;
        this.#sound.checked = sound;
        this.#sound.disabled = level === 'none';
    }

    /** Sets whether the browser blocks notifications. */
    set denied(denied) {
        this.#denied.hidden = !denied;
        this.#denied.textContent = denied ? t('notify.denied') : '';
    }

    /** Opens with the current name; `refused` when the requested name was not accepted. */
    show(name, refused = false) {
        this.#name.value = name;
        this.#refused = refused;
        this.render();
        this.open();
    }

    #submit(event) {
        event.preventDefault();
        const name = this.#name.value.trim();
        if (!name) return this.show('', true);
        this.close();
        this.dispatch('name', name);
    }
}
