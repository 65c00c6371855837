import { dayText, fullText, timeText } from '../i18n/dates.js';
import { t, tOr } from '../i18n/i18n.js';
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { alertIcon, clockIcon } from './icons.js';
import { textNodes } from './markup.js';

/** Tells two states of a row apart: a node is made anew only when this changes. */
export function rowState(row, today) {
    if (row.type === 'day') return `${row.day} ${today}`;
    if (row.type === 'message') return `${row.first} ${row.text}`;
    if (row.type === 'pending') return `${row.item.state} ${row.first}`;
    return '';
}

/** False for rows of which nothing is shown yet. */
export function isDrawn(row) {
    return row.type in MAKERS && !row.deleted;
}

/** The node of a row of `rowsOf`; `me` is who speaks in what is pending. */
export function rowNode(row, me) {
    const node = MAKERS[row.type](row, me);
    node.row = row;
    return node;
}

const MAKERS = {
    day: ({ day }) => h('li', { class: 'note day' }, h('time', { datetime: day, text: dayText(day) })),
    new: () => h('li', { class: 'note fresh' }, h('span', { text: t('room.new') })),
    message: ({ entry, text, first, own }) =>
        messageNode({ from: entry.from, mark: timeNode(entry.at), text, first, className: own ? 'own' : '' }),
    pending: pendingNode,
};

function pendingNode({ item, first }, me) {
    const from = { id: me?.id ?? '', name: me?.name ?? t('message.you') };
    const mark = item.state === 'waiting' || item.state === 'sent' ? waitingNode() : timeNode(item.at);
    const node = messageNode({ from, mark, text: item.text, first, className: `own ${item.state}` });
    if (item.state === 'failed') node.append(failedNode(item));
    return node;
}

function waitingNode() {
    return h('span', { class: 'when wait', title: t('message.pending') }, clockIcon(), h('span', { text: t('message.pending') }));
}

function timeNode(at) {
    return h('time', { class: 'when', datetime: at, title: fullText(at), text: timeText(at) });
}

function failedNode(item) {
    const reason = tOr('failed', item.error);
    const said = h('span', {}, `${t('message.failed', { reason })} `, button('retry'), button('edit'), button('discard'));
    return h('p', { class: 'fate' }, alertIcon(), said);
}

function button(name) {
    return h('button', { type: 'button', class: 'plain', 'data-do': name, text: t(`message.${name}`) });
}

function messageNode({ from, mark, text, first, className }) {
    const body = h('div', { class: 'text' }, ...textNodes(text));
    if (!first) return h('li', { class: `message ${className}` }, mark, body);
    const head = h('div', { class: 'head' }, h('bdi', { class: 'name', text: from.name }), mark);
    return h('li', { class: `message first ${className}` }, avatar(from), head, body);
}
