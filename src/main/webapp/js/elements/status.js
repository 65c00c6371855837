import { t, tOr } from '../i18n/i18n.js';
import { reasonOf } from '../model/reconnect.js';
import { h, PageElement } from './dom.js';
import { closeIcon } from './icons.js';

const MOST_NOTICES = 3;

/** Shows connection problems in words, and what the user can do about them. Also shows notices, the latest first. */
export class StatusElement extends PageElement {
    #words;
    #seconds;
    #button;
    #list;
    #status = { phase: 'idle' };
    #notices = [];
    #clock = null;

    build() {
        this.#words = h('span', { class: 'words', role: 'status' });
        this.#seconds = h('span', { class: 'seconds', 'aria-hidden': 'true' });
        this.#button = h('button', { type: 'button', class: 'plain', onclick: () => this.dispatch('reconnect') });
        this.#list = h('div', { class: 'notices', role: 'alert', 'aria-atomic': 'false' });
        const said = h('span', {}, this.#words, ' ', this.#seconds, ' ', this.#button);
        this.append(this.#list, h('p', { class: 'line' }, h('i', { class: 'dot' }), said));
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
        if (status.phase === 'waiting' && !status.offline) this.#clock = setInterval(() => this.#tick(), 250);
        this.dataset.phase = status.offline ? 'offline' : status.held ? 'held' : status.phase;
        this.#words.textContent = wordsFor(status);
        this.#button.textContent = t(
            status.phase === 'stopped' ? 'status.reconnect' : status.offline ? 'status.try' : 'status.now',
        );
        this.#button.hidden = status.phase !== 'stopped' && status.phase !== 'waiting';
        this.#tick();
    }

    /**
     * Adds a notice that belongs to no message, until the user closes it or three newer ones are there: a `code` with
     * the values of its text; if it leads to a `room`, with a button that goes there. The same words are said once.
     */
    add(notice) {
        const said = JSON.stringify(notice);
        const others = this.#notices.filter((each) => JSON.stringify(each) !== said);
        this.#notices = [...others, notice].slice(-MOST_NOTICES);
        this.#renderNotices();
    }

    /** Removes the notices that lead to this room, as the user is there now. */
    arrived(room) {
        this.#remove(({ place }) => place?.room === room);
    }

    #remove(gone) {
        this.#notices = this.#notices.filter((each) => !gone(each));
        this.#renderNotices();
    }

    #tick() {
        const { phase, offline, retryAt } = this.#status;
        const counting = phase === 'waiting' && !offline;
        const seconds = Math.max(1, Math.ceil((retryAt - performance.now()) / 1000));
        this.#seconds.textContent = counting ? t('status.retrying', { n: seconds }) : '';
    }

    /** Shows the notices; those that stay keep their nodes, so that they are not announced again. */
    #renderNotices() {
        const nodes = [...this.#list.children];
        for (const node of nodes) if (!this.#notices.includes(node.notice)) node.remove();
        const added = this.#notices.filter((notice) => !nodes.some((node) => node.notice === notice));
        this.#list.prepend(...added.map((notice) => this.#nodeOf(notice)));
    }

    #nodeOf(notice) {
        const { code, place } = notice;
        const leave = () => this.#remove((each) => each === notice);
        const words = h(
            'span',
            { dir: 'auto' },
            tOr('notice', code, notice),
            ' ',
            place ? this.#goButton(place, leave) : null,
        );
        const given = { type: 'button', class: 'bare', 'aria-label': t('notice.close'), onclick: leave };
        const node = h('p', { class: place ? 'notice calm' : 'notice' }, words, h('button', given, closeIcon()));
        node.notice = notice;
        return node;
    }

    #goButton({ room, seq }, leave) {
        const go = () => {
            leave();
            this.dispatch('place', { room, seq: seq ?? null });
        };
        return h('button', { type: 'button', class: 'plain', text: t('notice.go'), onclick: go });
    }
}

function wordsFor({ phase, held, code, offline }) {
    if (offline) return t('status.offline');
    if (held) return t(`held.${held}`);
    if (phase === 'live') return t('status.live');
    if (phase === 'waiting' || phase === 'stopped') return t(`closed.${reasonOf(code)}`);
    return t('status.connecting');
}
