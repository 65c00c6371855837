import { t } from '../i18n/i18n.js';
import { excerptOf } from '../model/excerpt.js';
import { h } from './dom.js';
import { replyIcon } from './icons.js';

/** What a message answers: who said it and its first line, and the way there. */
export function quoteNode({ seq, source }) {
    return h('button', { type: 'button', class: 'quote', 'data-do': 'jump', 'data-seq': seq, title: t('quote.jump') }, replyIcon(), ...said(source));
}

function said(source) {
    if (source == null) return [h('span', { class: 'excerpt', text: t('quote.unread') })];
    if (source.deleted) return [h('span', { class: 'excerpt', text: t('message.deleted') })];
    return [h('bdi', { class: 'name', text: source.from.name }), h('bdi', { class: 'excerpt', text: excerptOf(source.text) })];
}
