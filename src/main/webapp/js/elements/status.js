import { t, tOr } from '../i18n/i18n.js';
import { reasonOf } from '../model/reconnect.js';
import { h, PageElement } from './dom.js';
import { closeIcon } from './icons.js';

/** Shows connection problems in words, and what the user can do about them. Also shows notices. */
export class StatusElement extends PageElement {
    #words;
    #seconds;
    #button;
    #notice;
    #status = { phase: 'idle' };
    #error = null;
    #clock = null;

    build() {
        this.#words = h('span', { class: 'words', role: 'status' });
        this.#seconds = h('span', { class: 'seconds', 'aria-hidden': 'true' });
        this.#button = h('button', { type: 'button', class: 'plain', onclick: () => this.dispatch('reconnect') });
        this.#notice = h('p', { class: 'notice', role: 'alert', hidden: true });
        const said = h('span', {}, this.#words, ' ', this.#seconds, ' ', this.#button);
        this.append(this.#notice, h('p', { class: 'line' }, h('i', { class: 'dot' }), said));
    }

    render() {
        this.status = this.#status;
        this.#renderNotice();
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
     * Shows a notice that belongs to no message, until the user or the next one replaces it: a `code` with the values
     * of its text; if it leads to a `room`, with a button that goes there. Null removes it.
     */
    set notice(error) {
        this.#error = error;
        this.#renderNotice();
    }

    /** Removes a notice that leads to this room, as the user is there now. */
    arrived(room) {
        if (this.#error?.place?.room === room) this.notice = null;
    }

    #tick() {
        const { phase, offline, retryAt } = this.#status;
        const counting = phase === 'waiting' && !offline;
        const seconds = Math.max(1, Math.ceil((retryAt - performance.now()) / 1000));
        this.#seconds.textContent = counting ? t('status.retrying', { n: seconds }) : '';
    }

    #renderNotice() {
        this.#notice.hidden = this.#error == null;
        if (this.#error == null) return;
        const { code, place } = this.#error;
        const close = h(
            'button',
            { type: 'button', class: 'bare', 'aria-label': t('notice.close'), onclick: () => (this.notice = null) },
            closeIcon(),
        );
        const words = h(
            'span',
            { dir: 'auto' },
            tOr('notice', code, this.#error),
            ' ',
            place ? this.#goButton(place) : null,
        );
        this.#notice.className = place ? 'notice calm' : 'notice';
        this.#notice.replaceChildren(words, close);
    }

    #goButton({ room, seq }) {
        const go = () => {
            this.notice = null;
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
