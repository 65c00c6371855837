import { keyOr, t } from '../i18n/i18n.js';
import { REPLACED, reasonOf, SIGN_IN_FIRST, TOKEN_EXPIRED } from '../model/reconnect.js';
import { h, PageElement, spoken, write } from './dom.js';
import { closeIcon } from './icons.js';

/** As many notices are shown at once; the others wait behind them. */
const SHOWN_NOTICES = 3;
const MOST_NOTICES = 100;

/** Shows connection problems in words, and what the user can do about them. Also shows notices, the latest first. */
export class StatusElement extends PageElement {
    #words;
    #seconds;
    #button;
    #list;
    #status = { phase: 'idle' };
    #leads = true;
    #notices = [];
    #more;
    /** True when the user wants to see all notices. */
    #all = false;
    #clock = null;

    build() {
        this.#words = h('span', { class: 'words', role: 'status' });
        this.#seconds = h('span', { class: 'seconds', 'aria-hidden': 'true' });
        this.#button = h('button', { type: 'button', class: 'plain', onclick: () => this.#act() });
        this.#list = h('div', { class: 'notices', role: 'alert', 'aria-atomic': 'false' });
        const said = h('span', {}, this.#words, ' ', this.#seconds, ' ', this.#button);
        this.#more = h('button', { type: 'button', class: 'plain', hidden: true, onclick: () => this.#showAll() });
        this.append(this.#list, this.#more, h('p', { class: 'line' }, h('i', { class: 'dot' }), said));
    }

    render() {
        this.status = this.#status;
        this.#list.replaceChildren();
        this.#renderNotices();
    }

    /** Sets the status, as the client reports it. */
    set status(status) {
        this.#status = status;
        clearInterval(this.#clock);
        if (status.retryAt != null && !status.offline) this.#clock = setInterval(() => this.#tick(), 250);
        this.dataset.phase = status.offline ? 'offline' : status.held ? 'held' : status.phase;
        const stuck = this.#way === 'signIn' && !this.#leads;
        this.#words.textContent = `${wordsFor(status)}${stuck ? ` ${t('welcome.token')}` : ''}`;
        this.#button.textContent = t(`status.${this.#way}`);
        this.#button.hidden = stuck || (status.phase !== 'stopped' && status.phase !== 'waiting');
        this.#tick();
    }

    /** Sets whether this page leads to a sign-in, where there is one. */
    set leads(leads) {
        this.#leads = leads;
        this.render();
    }

    /**
     * Adds a notice that belongs to no message, until the user closes it: a `code` with the values of its text, or the
     * `key` of a text; if it leads to a `room`, with a button that goes there. The same words are said once. The three
     * latest are shown, and how many others there are.
     */
    add(notice) {
        const said = JSON.stringify(notice);
        const others = this.#notices.filter((each) => JSON.stringify(each) !== said);
        this.#notices = [...others, notice].slice(-MOST_NOTICES);
        this.#renderNotices();
    }

    /** Removes the notices with this code. */
    drop(code) {
        this.#remove((each) => each.code === code);
    }

    /** Removes the notices that lead to this room, as the user is there now. */
    arrived(room) {
        this.#remove(({ place }) => place?.room === room);
    }

    /** What the button does now: the name of its text. */
    get #way() {
        const { phase, code, offline } = this.#status;
        if (phase !== 'stopped') return offline ? 'try' : 'now';
        return { [TOKEN_EXPIRED]: 'signIn', [SIGN_IN_FIRST]: 'signIn', [REPLACED]: 'here' }[code] ?? 'reconnect';
    }

    #showAll() {
        this.#all = true;
        this.#renderNotices();
        this.#list.querySelector('button')?.focus();
    }

    #act() {
        this.dispatch(this.#way === 'signIn' ? 'sign-in' : 'reconnect');
    }

    #remove(gone) {
        this.#notices = this.#notices.filter((each) => !gone(each));
        this.#renderNotices();
    }

    #tick() {
        const { held, offline, retryAt } = this.#status;
        const seconds = Math.max(1, Math.ceil((retryAt - performance.now()) / 1000));
        const words = held ? 'held.seconds' : 'status.retrying';
        this.#seconds.textContent = retryAt != null && !offline ? t(words, { n: seconds }) : '';
    }

    /** Shows the notices; those that stay keep their nodes, so that they are not announced again. */
    #renderNotices() {
        const nodes = [...this.#list.children];
        const shown = this.#notices.slice(this.#all ? 0 : -SHOWN_NOTICES).reverse();
        const hidden = this.#notices.length - shown.length;
        for (const node of nodes) if (!shown.includes(node.notice)) node.remove();
        shown.forEach((notice, i) => {
            const node = nodes.find((each) => each.notice === notice) ?? this.#nodeOf(notice);
            const there = this.#list.children[i] ?? null;
            if (there !== node) this.#list.insertBefore(node, there);
        });
        this.#all &&= this.#notices.length > SHOWN_NOTICES;
        this.#more.hidden = hidden === 0;
        if (hidden > 0) write(this.#more, t('notice.more', { n: hidden }));
    }

    #nodeOf(notice) {
        const { code, key, place, signIn } = notice;
        const leave = () => this.#remove((each) => each === notice);
        const go = () => {
            leave();
            this.dispatch('place', { room: place.room, seq: place.seq ?? null });
        };
        const words = h(
            'span',
            { dir: 'auto' },
            ...(key ? [t(key)] : spoken(keyOr('notice', code), notice)),
            ' ',
            place ? this.#noticeButton('notice.go', go) : null,
            signIn && this.#leads ? this.#noticeButton('notice.signIn', () => this.dispatch('sign-in')) : null,
        );
        const given = { type: 'button', class: 'bare', 'aria-label': t('notice.close'), onclick: leave };
        const calm = place || signIn;
        const node = h('p', { class: calm ? 'notice calm' : 'notice' }, words, h('button', given, closeIcon()));
        node.notice = notice;
        return node;
    }

    #noticeButton(words, act) {
        return h('button', { type: 'button', class: 'plain', text: t(words), onclick: act });
    }
}

function wordsFor({ phase, held, code, offline }) {
    if (offline) return t('status.offline');
    if (held) return t(`held.${held}`);
    if (phase === 'live') return t('status.live');
    if (phase === 'waiting' || phase === 'stopped') return t(`closed.${reasonOf(code)}`);
    return t('status.connecting');
}
