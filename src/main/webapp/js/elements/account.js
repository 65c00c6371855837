import '../i18n/dialog-texts.js';
import { shortText } from '../i18n/dates.js';
import { currentLanguage, formatOf, t, tOr } from '../i18n/i18n.js';
import { agentOf } from '../model/agent.js';
import { cut } from '../model/graphemes.js';
import { isGuest } from '../model/people.js';
import { h } from './dom.js';

const LONGEST_AGENT = 40;

/** The part of the settings about the user's sign-in: who they are, where they are signed in, and how they leave. */
export class Account {
    node;
    /** Says why a name cannot be changed, and what the user may do. */
    about = h('p', { class: 'hint' });
    #dispatch;
    #signIn;
    #title;
    #list;
    #leave;
    #everywhere;
    #sure;
    #shown = null;
    #sessions = [];
    /** What the user is about to confirm: the payload of the action; null when nothing. */
    #leaving = null;
    #unsent = 0;

    /** `dispatch(name, payload)` dispatches an action. */
    constructor(dispatch) {
        this.#dispatch = dispatch;
        this.#signIn = h('button', { type: 'button', class: 'plain', onclick: () => dispatch('sign-in') });
        this.#title = h('h3');
        this.#list = h('ul', { class: 'sessions' });
        this.#leave = h('button', { type: 'button', class: 'plain', onclick: () => this.#ask({ everywhere: false }) });
        this.#everywhere = h('button', {
            type: 'button',
            class: 'plain',
            onclick: () => this.#ask({ everywhere: true }),
        });
        this.#sure = h('div', { class: 'sure', role: 'alert' });
        this.node = h(
            'div',
            { class: 'account', hidden: true },
            this.#signIn,
            this.#title,
            this.#list,
            h('div', { class: 'deeds' }, this.#leave, this.#everywhere),
            this.#sure,
        );
    }

    render() {
        this.node.hidden = !this.#shown;
        this.about.textContent = '';
        if (!this.#shown) return;
        const { user, ways } = this.#shown;
        const guest = isGuest(user);
        this.#signIn.hidden = !guest || !ways?.leads;
        this.#signIn.disabled = Boolean(ways?.oidc) && !ways.works && !ways.here;
        this.about.textContent = this.#aboutText();
        this.#signIn.textContent = t('welcome.signIn');
        this.#title.textContent = t('sessions.title');
        this.#title.hidden = this.#list.hidden = this.#sessions?.length === 0;
        this.#list.replaceChildren(...this.#sessionNodes());
        this.#leave.textContent = t('signOut.here');
        this.#everywhere.textContent = t('signOut.everywhere');
        this.#everywhere.hidden = guest;
        this.#renderQuestion(guest);
    }

    /**
     * Shows the `user` with their `roles` and the server's `ways` of signing in; `unsent()` resolves with how many
     * items were not sent.
     */
    show(account) {
        this.#shown = account;
        this.#leaving = null;
        this.render();
    }

    /** Sets the user's sign-ins, as the server lists them; null if it did not. */
    set sessions(sessions) {
        this.#sessions = sessions;
        this.render();
    }

    #aboutText() {
        const { user, roles, ways } = this.#shown;
        if (isGuest(user)) {
            const hint = this.#signIn.disabled ? 'welcome.down' : ways?.leads ? null : 'welcome.token';
            return ways?.others ? `${t('profile.guest')} ${hint ? t(hint) : ''}` : '';
        }
        const names = roles.map((role) => tOr('role', role));
        const list = formatOf('ListFormat', [currentLanguage()]).format(names);
        return `${t('profile.directory')} ${names.length > 0 ? t('profile.roles', { roles: list }) : ''}`;
    }

    #sessionNodes() {
        if (!this.#sessions) return [h('li', { class: 'hint', text: t('sessions.failed') })];
        return this.#sessions.map(({ id, since, address, agent, current }) => {
            const where = agentText(agent);
            const end = h('button', {
                type: 'button',
                class: 'plain',
                text: t('sessions.end'),
                'aria-label': `${t('sessions.end')}: ${where}`,
                onclick: () => this.#dispatch('end-session', id),
            });
            const time = shortText(since);
            const about = [addressText(address), t('sessions.since', { time })].filter(Boolean).join(' · ');
            const words = h('span', {}, h('bdi', { text: where }), h('span', { class: 'hint', text: about }));
            return h('li', {}, words, current ? h('span', { class: 'hint', text: t('sessions.here') }) : end);
        });
    }

    async #ask(leaving) {
        this.#unsent = await this.#shown.unsent();
        this.#leaving = leaving;
        this.render();
        this.#sure.querySelector('button').focus();
        this.#sure.scrollIntoView({ block: 'nearest' });
    }

    /** Asks whether the user is sure: it says what is lost. */
    #renderQuestion(guest) {
        this.#sure.hidden = !this.#leaving;
        if (!this.#leaving) return this.#sure.replaceChildren();
        const losses = [
            guest && t('signOut.guest'),
            this.#leaving.everywhere && t('signOut.all'),
            this.#unsent > 0 && t('signOut.unsent', { n: this.#unsent }),
            t('signOut.draft'),
        ];
        const go = () => this.#dispatch('sign-out', this.#leaving);
        const stay = () => {
            this.show(this.#shown);
            this.#leave.focus();
        };
        this.#sure.replaceChildren(
            h('p', { text: losses.filter(Boolean).join(' ') }),
            h('button', { type: 'button', class: 'primary', text: t('signOut.now'), onclick: go }),
            h('button', { type: 'button', class: 'plain', text: t('signOut.cancel'), onclick: stay }),
        );
    }
}

/** Writes an IPv6 address in its short form, as people know it. */
function addressText(address) {
    try {
        return address?.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
    } catch {
        return address; // one with a zone, for example
    }
}

function agentText(agent) {
    const { browser, system } = agentOf(agent);
    if (browser && system) return t('sessions.agent', { browser, system });
    return browser ?? (agent ? cut(agent, LONGEST_AGENT) : t('sessions.other'));
}
