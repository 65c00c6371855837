import { dayText } from '../i18n/dates.js';
import { sentence, t } from '../i18n/i18n.js';
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

/** What happened to the room: the key of the sentence and its values. */
function happening({ type, from, user, topic, archived }) {
    const name = from.name;
    if (type === 'created') return [topic ? 'quiet.createdFor' : 'quiet.created', { name, topic }];
    if (type === 'changed' && archived != null) return [archived ? 'quiet.archived' : 'quiet.reopened', { name }];
    if (type === 'changed') return [topic ? 'quiet.topic' : 'quiet.noTopic', { name, topic }];
    if (user.id === from.id) return [type === 'added' ? 'quiet.came' : 'quiet.left', { name }];
    return [`quiet.${type}`, { name, other: user.name }];
}

function part(piece) {
    return typeof piece === 'string' ? piece : h('bdi', { text: piece.value });
}
