import { t } from '../i18n/i18n.js';
import { excerptOf } from '../model/text.js';
import { h } from './dom.js';
import { closeIcon, editIcon, replyIcon } from './icons.js';

/**
 * The bar above the field that says that the text is a reply or an edit, rather than a new message; or that an edit
 * with changes was cancelled, and how to return to it. A reply calls the author of its message, unless that is turned
 * off here.
 */
export class ReplyBar {
    node;
    #words;
    #call;
    #close;
    #resume;

    /**
     * `leave()` is called when the user cancels it, `resume()` when they return to a cancelled edit, and `call(on)`
     * when the reply is to call the author, or not.
     */
    constructor(id, { leave, resume, call }) {
        this.#words = h('p', { id });
        const turn = () => call(this.#call.ariaPressed === 'false');
        this.#call = h('button', { type: 'button', class: 'chip', hidden: true, onclick: turn });
        this.#close = h('button', { type: 'button', class: 'bare', onclick: leave }, closeIcon());
        this.#resume = h('button', { type: 'button', class: 'plain', onclick: resume });
        this.node = h('div', { class: 'occasion', hidden: true }, this.#words, this.#call, this.#resume, this.#close);
    }

    render({ edited, reply, cancelled }) {
        const returns = Boolean(cancelled) && !edited && !reply;
        this.node.hidden = !edited && !reply && !returns;
        this.#words.replaceChildren(...(edited ? editing() : reply ? answering(reply) : returns ? unsaved() : []));
        this.#renderCall(edited ? null : reply);
        this.#resume.hidden = !returns;
        this.#resume.textContent = returns ? t('compose.resume') : '';
        const way = edited ? 'compose.leaveEdit' : reply ? 'compose.leaveReply' : 'compose.forget';
        this.#close.setAttribute('aria-label', t(way));
    }

    #renderCall(reply) {
        const { call, name } = reply ?? {};
        this.#call.hidden = call == null;
        if (call == null) return;
        this.#call.ariaPressed = String(call);
        this.#call.ariaLabel = this.#call.title = t('compose.call', { name });
        this.#call.textContent = t(call ? 'compose.calls' : 'compose.callsNot');
    }
}

function editing() {
    return [editIcon(), h('span', { class: 'name', text: t('compose.editing') })];
}

function unsaved() {
    return [editIcon(), h('span', { text: t('compose.cancelled') })];
}

function answering({ name, text }) {
    return [
        replyIcon(),
        h('span', { class: 'unseen', text: t('compose.answering') }),
        h('bdi', { class: 'name', text: name }),
        h('bdi', { class: 'excerpt', text: excerptOf(text) }),
    ];
}
