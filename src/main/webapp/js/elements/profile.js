import { t } from '../i18n/i18n.js';
import { LEVELS, NIGHT } from '../model/notify.js';
import { isGuest } from '../model/people.js';
import { Account } from './account.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';
import { languagePicker } from './language-picker.js';

/** The user's settings: their name, the page's language, notifications, and their sign-in. */
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
    #quiet;
    #hours;
    #form;
    #account;
    #fixed = false;
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
        this.#account = new Account((name, payload) => this.dispatch(name, payload));
        this.#form = h(
            'form',
            { onsubmit: (event) => this.#submit(event) },
            this.#label,
            h('div', { class: 'pair' }, this.#name, this.#save),
            this.#fault,
        );
        this.#quiet = h('input', { type: 'checkbox', onchange: () => this.#setQuiet() });
        this.#hours = ['begins', 'ends'].map((name) =>
            h('input', { type: 'time', required: true, onchange: () => this.#setQuiet(), name }),
        );
        const quiet = h('label', { class: 'choice' }, this.#quiet, h('span'));
        const sound = h('label', { class: 'choice' }, this.#sound, h('span'));
        return [
            this.#form,
            this.#account.about,
            this.#language,
            languagePicker('profile-language'),
            this.#notify,
            this.#level,
            this.#denied,
            sound,
            quiet,
            h('div', { class: 'pair' }, ...this.#hours),
            this.#account.node,
        ];
    }

    get heading() {
        return t('profile.title');
    }

    render() {
        super.render();
        this.#label.textContent = t('welcome.name');
        this.#name.readOnly = this.#fixed;
        this.#save.hidden = this.#fixed;
        this.#save.textContent = t('profile.save');
        this.#language.textContent = t('profile.language');
        this.#fault.textContent = this.#refused ? t('profile.refused') : '';
        this.#notify.textContent = t('profile.notify');
        for (const option of this.#level.options) option.textContent = t(`notify.${option.value}`);
        this.#sound.nextSibling.textContent = t('profile.sound');
        this.#quiet.nextSibling.textContent = t('profile.quiet');
        for (const hour of this.#hours) hour.setAttribute('aria-label', t(`profile.${hour.name}`));
        this.denied = !this.#denied.hidden;
        this.#account.render();
    }

    /** Sets the notification settings: a `level`, whether there is a `sound`, and the `quiet` hours. */
    set attention({ level, sound, quiet }) {
        const { from, to } = quiet ?? NIGHT;
        this.#quiet.checked = quiet != null;
        this.#quiet.disabled = level === 'none';
        this.#hours[0].value = from;
        this.#hours[1].value = to;
        this.#hours[0].parentNode.hidden = !quiet || level === 'none';
        this.#level.value = level;
        this.#sound.checked = sound;
        this.#sound.disabled = level === 'none';
    }

    /** Shows the user's sign-in, as `Account.show`: somebody from a directory has their name from there. */
    set account(account) {
        this.#fixed = !isGuest(account.user);
        this.#account.show(account);
        this.render();
    }

    set sessions(sessions) {
        this.#account.sessions = sessions;
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

    #setQuiet() {
        const [from, to] = this.#hours.map(({ value }) => value);
        this.#hours[0].parentNode.hidden = !this.#quiet.checked;
        if (!this.#quiet.checked || (from && to)) this.dispatch('quiet', this.#quiet.checked ? { from, to } : null);
    }

    #submit(event) {
        event.preventDefault();
        const name = this.#name.value.trim();
        if (this.#fixed) return;
        if (!name) return this.show('', true);
        this.close();
        this.dispatch('name', name);
    }
}
