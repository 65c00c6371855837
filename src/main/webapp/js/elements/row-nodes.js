import { dayText, fullText, timeText } from '../i18n/dates.js';
import { sentence, t } from '../i18n/i18n.js';
import { failureText } from '../i18n/names.js';
import { addressOf, placeIn } from '../model/address.js';
import { blocksOf } from '../model/markup.js';
import { piecesOf } from '../model/mentions.js';
import { happening } from '../model/shown.js';
import { excerptOf } from '../model/text.js';
import { avatar } from './avatar.js';
import { drawn, h } from './dom.js';
import { alertIcon, clockIcon, replyIcon } from './icons.js';

const UNDER_WAY = new Set(['waiting', 'sent']);

/** Returns a key for the state of a row: its node is created again only when this changes. */
export function rowState(row, today) {
    if (row.type === 'day') return `${row.day} ${today}`;
    const { first, own, text, edited, deleted, mentioned, called, quote } = row;
    const about = [row.item, row.change, row.failed].map((item) => item && [item.id, item.state, item.error]);
    return JSON.stringify([
        first,
        own,
        text,
        edited,
        deleted,
        mentioned,
        called,
        quote && [quote.source?.text, quote.source?.deleted],
        about,
    ]);
}

/** Creates the node of a row of `rowsOf`; `me` is the author of pending messages. */
export function rowNode(row, me) {
    const node = drawn(
        () => MAKERS[row.type](row, me),
        () => plainNode(row),
    );
    node.row = row;
    return node;
}

const MAKERS = {
    day: ({ day }) => h('li', { class: 'note day' }, h('time', { datetime: day, text: dayText(day) })),
    new: () => h('li', { class: 'note fresh' }, h('span', { text: t('room.new') })),
    quiet: ({ entry }) => h('li', { class: 'note quiet' }, ...sentence(...happening(entry)).map(part)),
    message: (row) => (row.deleted ? goneNode(row) : messageNode(row)),
    pending: pendingNode,
    plain: plainNode,
};

/** Creates the node of a row that cannot be drawn as what it is: its text alone. */
function plainNode({ text, item, entry, day }) {
    return h(
        'li',
        { class: 'message', tabindex: -1 },
        h('p', { class: 'text', dir: 'auto', text: text ?? item?.text ?? entry?.text ?? day }),
    );
}

function part(piece) {
    return typeof piece === 'string' ? piece : h('bdi', { text: piece.value });
}

/** Creates a message that is in the log: as it is, or as it will be once the server accepts the user's change. */
function messageNode(row) {
    const { entry, own, mentioned, change, failed } = row;
    const node = shell(row, entry.from, linkedTime(entry), [
        own && 'own',
        mentioned && 'mentioned',
        UNDER_WAY.has(change?.state) && 'waiting',
    ]);
    if (row.edited) markEdited(node.querySelector('.text'), row.edited);
    if (failed) node.append(fateNode(failed));
    return node;
}

/** Creates the node of a deleted message. While the deletion can be undone, it says so. */
function goneNode({ first, change }) {
    const undo = change?.state === 'undoable' ? [' · ', button('undo')] : [];
    return h(
        'li',
        { class: first ? 'message gone first' : 'message gone', tabindex: -1 },
        h('p', {}, t('message.deleted'), ...undo),
    );
}

/** Creates a message that is not in the log yet. */
function pendingNode(row, me) {
    const { item } = row;
    const from = { id: me?.id ?? '', name: me?.name ?? t('message.you') };
    const mark = UNDER_WAY.has(item.state) ? waitingNode() : h('span', { class: 'when' }, timeNode(item.at));
    const node = shell({ ...row, text: item.text }, from, mark, ['own', item.state]);
    if (item.state === 'failed') node.append(fateNode(item));
    return node;
}

function shell({ first, text, quote, called }, from, mark, names) {
    const body = h('div', { class: 'text' }, ...textNodes(text));
    if (called.length > 0) markCalls(body, called);
    const given = { class: ['message', first && 'first', ...names].filter(Boolean).join(' '), tabindex: -1 };
    if (!first) return h('li', given, h('span', { class: 'unseen', text: said(from.name) }), mark, body);
    const head = h('div', { class: 'head' }, h('bdi', { class: 'name', text: from.name }), mark);
    return h('li', given, avatar(from), head, quote && quoteNode(quote), body);
}

/** For screen readers: the message is of the author above. */
const said = (name) => t('announce.said', { name, text: '' });

/** Highlights the mentions of `people` in the text. */
function markCalls(body, people) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const node of texts.filter(({ parentElement }) => !parentElement.closest('a, code'))) {
        node.replaceWith(
            ...piecesOf(node.data, people).map(({ text, person }) =>
                person ? h('span', { class: 'call', text }) : text,
            ),
        );
    }
}

/** Creates the time as a link to the message, which works wherever it is pasted. */
function linkedTime({ room, seq, at }) {
    return h('a', { class: 'when', href: addressOf(room, seq), tabindex: -1 }, timeNode(at));
}

function timeNode(at) {
    return h('time', { datetime: at, title: fullText(at), text: timeText(at) });
}

function waitingNode() {
    return h(
        'span',
        { class: 'when wait', title: t('message.pending') },
        clockIcon(),
        h('span', { text: t('message.pending') }),
    );
}

/** Adds the edited mark after the last word, if there is one. */
function markEdited(body, at) {
    const last = body.lastElementChild?.localName === 'p' ? body.lastElementChild : body;
    last.append(
        ' ',
        h('span', { class: 'edited', title: t('message.editedAt', { time: fullText(at) }), text: t('message.edited') }),
    );
}

/** Creates the line that says what the server refused, and what the user can do about it. */
function fateNode(item) {
    const ways = item.type === 'delete' ? ['retry', 'discard'] : ['retry', 'takeback', 'discard'];
    return h('p', { class: 'fate' }, alertIcon(), h('span', {}, `${failureText(item)} `, ...ways.map(button)));
}

function button(name) {
    return h('button', { type: 'button', class: 'plain', 'data-do': name, text: t(`message.${name}`) });
}

/** Creates the quote in a reply: the author, the first line, and a link to the original. */
function quoteNode({ seq, source }) {
    return h(
        'button',
        { type: 'button', class: 'quote', tabindex: -1, 'data-do': 'jump', 'data-seq': seq, title: t('quote.jump') },
        replyIcon(),
        ...quotedNodes(source),
    );
}

function quotedNodes(source) {
    if (source == null) return [h('span', { class: 'excerpt', text: t('quote.unread') })];
    if (source.deleted) return [h('span', { class: 'excerpt', text: t('message.deleted') })];
    return [
        h('bdi', { class: 'name', text: source.from.name }),
        h('bdi', { class: 'excerpt', text: excerptOf(source.text) }),
    ];
}

/** Creates the nodes of a text with its formatting. */
function textNodes(text) {
    return blocksOf(text).map(blockNode);
}

function blockNode(block) {
    switch (block.type) {
        case 'code':
            return h(
                'pre',
                { tabindex: 0, dir: 'ltr', 'data-language': block.language },
                h('code', { text: block.text }),
            );
        case 'quote':
            return h('blockquote', {}, ...block.blocks.map(blockNode));
        case 'list':
            return listNode(block);
        default:
            return h('p', { dir: 'auto' }, ...block.inlines.map(inlineNode));
    }
}

function listNode({ first, items }) {
    const nodes = items.map((inlines) => h('li', { dir: 'auto' }, ...inlines.map(inlineNode)));
    return first == null ? h('ul', {}, ...nodes) : h('ol', { start: first }, ...nodes);
}

/** Creates a link: on this page if it leads to a room of this Warung, otherwise to a new tab. */
function linkNode({ text, href }) {
    const [page, fragment] = href.split('#');
    const here = page === '' || page === location.href.split('#')[0];
    const { room, seq } = placeIn(here && fragment ? fragment : '');
    if (room != null) return h('a', { href: addressOf(room, seq), tabindex: -1, text });
    return h('a', { href, rel: 'noopener noreferrer', target: '_blank', tabindex: -1, text });
}

function inlineNode(inline) {
    if (typeof inline === 'string') return inline;
    switch (inline.type) {
        case 'code':
            return h('code', { text: inline.text });
        case 'link':
            return linkNode(inline);
        case 'bold':
            return h('strong', {}, ...inline.inlines.map(inlineNode));
        default:
            return h('em', {}, ...inline.inlines.map(inlineNode));
    }
}
