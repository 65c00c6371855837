import { t } from '../i18n/i18n.js';
import { excerptOf } from '../model/text.js';
import { h } from './dom.js';
import { closeIcon, editIcon, replyIcon } from './icons.js';

/**
 * The bar above the field that says that the text is a reply or an edit, rather than a new message; or that an edit
 * with changes was cancelled, and how to return to it.
 */
export class ReplyBar {
    node;
    #words;
    #close;
    #resume;

    /** `leave()` is called when the user cancels it, and `resume()` when they return to a cancelled edit. */
    constructor(id, { leave, resume }) {
        this.#words = h('p', { id });
        this.#close = h('button', { type: 'button', class: 'bare', onclick: leave }, closeIcon());
        this.#resume = h('button', { type: 'button', class: 'plain', onclick: resume });
        this.node = h('div', { class: 'occasion', hidden: true }, this.#words, this.#resume, this.#close);
    }

    render({ edited, reply, cancelled }) {
        const returns = Boolean(cancelled) && !edited && !reply;
        this.node.hidden = !edited && !reply && !returns;
        this.#words.replaceChildren(...(edited ? editing() : reply ? answering(reply) : returns ? unsaved() : []));
        this.#resume.hidden = !returns;
        this.#resume.textContent = returns ? t('compose.resume') : '';
        const way = edited ? 'compose.leaveEdit' : reply ? 'compose.leaveReply' : 'compose.forget';
        this.#close.setAttribute('aria-label', t(way));
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
