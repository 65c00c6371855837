import { dayText } from '../i18n/dates.js';
import { sentence, t } from '../i18n/i18n.js';
import { happening } from '../model/shown.js';
import { h } from './dom.js';
import { goneNode, messageNode, pendingNode } from './message-nodes.js';

/** Tells two states of a row apart: a node is made anew only when this changes. */
export function rowState(row, today) {
    if (row.type === 'day') return `${row.day} ${today}`;
    const { first, own, text, edited, deleted, mentioned, called, quote } = row;
    const about = [row.item, row.change, row.failed].map((item) => item && [item.id, item.state, item.error]);
    return JSON.stringify([first, own, text, edited, deleted, mentioned, called, quote && [quote.source?.text, quote.source?.deleted], about]);
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
    quiet: ({ entry }) => h('li', { class: 'note quiet' }, ...sentence(...happening(entry)).map(part)),
    message: (row) => (row.deleted ? goneNode(row) : messageNode(row)),
    pending: pendingNode,
};

function part(piece) {
    return typeof piece === 'string' ? piece : h('bdi', { text: piece.value });
}
