import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { h, PageElement, spoken } from './dom.js';
import { lampIcon } from './icons.js';
import { languagePicker } from './language-picker.js';

const REFUSED = 'welcome.refused';
/** What is no fault. */
const CALM = new Set(['welcome.checking', 'welcome.token', 'ended.signed-out']);

/** The sign-in page: it asks a guest for a name, and leads the others to where they sign in. */
export class WelcomeElement extends PageElement {
    #title;
    #told;
    #form;
    #lead;
    #name;
    #enter;
    #others;
    #room;
    /** Rooms whose titles are known, and the element that offers some of them. */
    #rooms = [];
    #offered = null;
    #shown = { room: null, ways: null, told: null, choice: null };

    build() {
        this.#title = h('h1');
        this.#told = h('p', { id: 'welcome-fault', class: 'fault', role: 'alert' });
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
        this.#form = h(
            'form',
            { hidden: true, onsubmit: (event) => this.#submit(event) },
            this.#lead,
            this.#name,
            this.#enter,
        );
        this.#others = h('div', { class: 'others' });
        this.#room = h('p', { class: 'hint' });
        this.append(
            h(
                'div',
                { class: 'table' },
                h('i', { class: 'cord' }),
                lampIcon('lamp big'),
                this.#title,
                this.#told,
                this.#form,
                this.#others,
                this.#room,
            ),
            languagePicker(),
        );
    }

    render() {
        const { room, ways, told, choice } = this.#shown;
        this.#title.textContent = t('welcome.title');
        this.#told.textContent = told ? t(told) : '';
        this.#told.className = CALM.has(told) ? 'hint' : 'fault';
        this.#form.hidden = !ways?.guest || choice != null;
        this.#lead.textContent = t('welcome.lead');
        this.#name.placeholder = t('welcome.name');
        this.#name.setAttribute('aria-invalid', String(told === REFUSED));
        this.#enter.textContent = t(ways?.others ? 'welcome.guest' : 'welcome.enter');
        this.#others.replaceChildren(...(choice ? this.#choiceNodes(choice) : this.#waysNodes(ways)));
        const title = this.#rooms.find((each) => each.room === room)?.title;
        const joining = room && !choice ? spoken('welcome.room', { room: roomText({ name: room, title }) }) : [];
        this.#room.replaceChildren(...joining);
        if (this.#offered) this.#offered.hidden = choice != null;
    }

    /**
     * Offers the `ways` of signing in, to join `room`; without them, nothing is known yet. `told` is the key of a text:
     * why the user is here.
     */
    open({ room, ways, told }) {
        this.#shown = { room, ways, told, choice: null };
        const was = this.contains(document.activeElement) ? document.activeElement : null;
        this.hidden = false;
        this.render();
        if (!was?.isConnected) (ways?.guest ? this.#name : this.querySelector('.others button'))?.focus();
    }

    /** Sets the rooms of which something is known, as the directory lists them. */
    set rooms(rooms) {
        this.#rooms = rooms;
        this.render();
    }

    /** Sets the room that the user is to join. */
    set room(room) {
        this.#shown = { ...this.#shown, room };
        this.render();
    }

    /** Shows a `node` with rooms to choose from below the rest. */
    offer(node) {
        this.#offered = node;
        this.querySelector('.table').append(node);
        node.addEventListener('click', () => this.#name.focus()); // what is missing then is a name
        this.render();
    }

    /** Asks whether to take over a token of the person `name`, though this browser is that of `other` (a `guest`?). */
    confirm(choice) {
        this.#shown = { ...this.#shown, told: null, choice };
        this.hidden = false;
        this.render();
        this.querySelector('.others button').focus();
    }

    #waysNodes(ways) {
        if (!ways) return [];
        const { guest, oidc, works, here, token } = ways;
        const both = oidc && here;
        const given = (way) => ({ type: 'button', class: guest ? 'second' : 'primary', ...this.#goes(way) });
        return [
            guest && (oidc || here) && h('p', { class: 'or', text: t('welcome.or') }),
            oidc && h('button', { ...given('oidc'), disabled: !works, text: t('welcome.signIn') }),
            oidc && !works && h('p', { class: 'hint', role: 'status', text: t('welcome.down') }),
            here && h('button', { ...given('here'), text: t(both ? 'welcome.signInHere' : 'welcome.signIn') }),
            token && !oidc && !here && h('p', { class: 'hint', text: t('welcome.token') }),
        ].filter(Boolean);
    }

    #goes(way) {
        return { onclick: () => this.dispatch('sign-in', way) };
    }

    #choiceNodes({ name, other, guest }) {
        const button = (className, key, taken, who) =>
            h('button', {
                type: 'button',
                class: className,
                text: t(key, who),
                onclick: () => this.dispatch('token', taken),
            });
        return [
            h('p', { text: t('welcome.other', { name, other }) }),
            guest && h('p', { class: 'hint', text: t('welcome.otherGuest', { other }) }),
            button('primary', 'welcome.stay', false, { other }),
            button('second', 'welcome.take', true, { name }),
        ].filter(Boolean);
    }

    #submit(event) {
        event.preventDefault();
        const name = this.#name.value.trim();
        if (name) this.dispatch('name', name);
        else this.open({ ...this.#shown, told: REFUSED });
    }
}
