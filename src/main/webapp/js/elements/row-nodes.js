import { dayText, fullText, timeText } from '../i18n/dates.js';
import { t } from '../i18n/i18n.js';
import { failureText } from '../i18n/names.js';
import { addressOf } from '../model/address.js';
import { isOneEmoji } from '../model/at-hand.js';
import { graphemes } from '../model/graphemes.js';
import { piecesOf } from '../model/mentions.js';
import { happening } from '../model/shown.js';
import { excerptOf } from '../model/text.js';
import { avatar, nameNode } from './avatar.js';
import { drawn, h, spoken } from './dom.js';
import { alertIcon, clockIcon, replyIcon } from './icons.js';
import { reactionsNode, showReactions } from './reactions.js';
import { textNodes } from './text-nodes.js';

/** Longer than any emoji, in UTF-16 code units. */
const LONGEST_EMOJI = 40;
const UNDER_WAY = new Set(['waiting', 'sent']);

/**
 * Returns a key for the state of a row, without its reactions: its node is created again only when this changes.
 */
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
        row.item && row.stuck,
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

/** Draws the reactions to a message again if they differ from those of `row`, which has the focus where it had it. */
export function redrawReactions(node, { reactions, deleted }) {
    if (deleted || JSON.stringify(node.row.reactions) === JSON.stringify(reactions)) return;
    const line = node.querySelector(':scope > .reactions');
    const focused = line?.contains(document.activeElement) ? document.activeElement : null;
    if (reactions.length === 0) line?.remove();
    else if (line) showReactions(line, reactions);
    else node.insertBefore(reactionsNode(reactions), node.querySelector(':scope > .tools'));
    if (focused && focused !== document.activeElement) (focused.isConnected ? focused : node).focus();
}

const MAKERS = {
    day: ({ day }) => h('li', { class: 'note day' }, h('time', { datetime: day, text: dayText(day) })),
    new: () => h('li', { class: 'note fresh' }, h('span', { text: t('room.new') })),
    quiet: ({ entry }) => h('li', { class: 'note quiet' }, ...spoken(...happening(entry))),
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
    if (row.reactions.length > 0) node.append(reactionsNode(row.reactions));
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
    const mark = UNDER_WAY.has(item.state) ? waitingNode(row.stuck) : h('span', { class: 'when' }, timeNode(item.at));
    const node = shell({ ...row, text: item.text }, from, mark, ['own', item.state]);
    if (item.state === 'failed') node.append(fateNode(item));
    return node;
}

function shell({ first, text, quote, called }, from, mark, names) {
    const large = text.length < LONGEST_EMOJI && isOneEmoji(graphemes(text.trim()));
    const body = h('div', { class: large ? 'text large' : 'text' }, ...textNodes(text));
    if (called.length > 0) markCalls(body, called);
    const given = { class: ['message', first && 'first', ...names].filter(Boolean).join(' '), tabindex: -1 };
    if (!first) return h('li', given, h('span', { class: 'unseen', text: said(from.name) }), mark, body);
    const name = nameNode(from);
    const picture = avatar(from);
    if (from.id) {
        press(name);
        picture.dataset.do = 'person';
    }
    const head = h('div', { class: 'head' }, name, mark);
    return h('li', given, picture, head, quote && quoteNode(quote), body);
}

function callNode(text, { id, name }) {
    return press(h('span', { class: 'call', 'data-id': id, 'data-name': name, text }));
}

/** Makes a name one that can be pressed, for the card of its person. */
function press(node) {
    for (const [name, value] of Object.entries({ role: 'button', tabindex: -1, 'data-do': 'person' }))
        node.setAttribute(name, value);
    return node;
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
                person ? callNode(text, person) : text,
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

function waitingNode(stuck) {
    const words = t(stuck ? 'message.stuck' : 'message.pending');
    return h('span', { class: 'when wait', title: words }, clockIcon(), h('span', { text: words }));
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
