import { t } from '../i18n/i18n.js';
import { excerptOf } from '../model/text.js';
import { h } from './dom.js';
import { closeIcon, editIcon, replyIcon } from './icons.js';

/** The bar above the field that says that the text is a reply or an edit, rather than a new message. */
export class ReplyBar {
    node;
    #words;
    #close;

    /** `leave()` is called when the user cancels it. */
    constructor(id, leave) {
        this.#words = h('p', { id });
        this.#close = h('button', { type: 'button', class: 'bare', onclick: leave }, closeIcon());
        this.node = h('div', { class: 'occasion', hidden: true }, this.#words, this.#close);
    }

    render({ edited, reply }) {
        this.node.hidden = !edited && !reply;
        this.#words.replaceChildren(...(edited ? editing() : reply ? answering(reply) : []));
        this.#close.setAttribute('aria-label', t(edited ? 'compose.leaveEdit' : 'compose.leaveReply'));
    }
}

function editing() {
    return [editIcon(), h('span', { class: 'name', text: t('compose.editing') })];
}

function answering({ name, text }) {
    return [
        replyIcon(),
        h('span', { class: 'unseen', text: t('compose.answering') }),
        h('bdi', { class: 'name', text: name }),
        h('bdi', { class: 'excerpt', text: excerptOf(text) }),
    ];
}
