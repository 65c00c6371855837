import { t } from '../i18n/i18n.js';
import { AT_HAND } from '../model/at-hand.js';
import { h, place, svg, write } from './dom.js';
import { smileIcon } from './icons.js';

/** The reactions at hand, in Warung's own hand: lines, and what is filled. */
const PICTURES = {
    tea: {
        lines: 'M6 8h11l-1 11H7zM17 10h2a2 2 0 0 1 0 5h-2.5M9 5q-1-1 0-2M13 5q-1-1 0-2',
        fill: 'M6.6 12h9.8l-.8 7H7.4z',
    },
    lamp: {
        lines: 'M12 2v4M9 6h6M9 18h6M9 6C4 9 4 15 9 18M15 6c5 3 5 9 0 12M12 18v4',
        fill: 'M9 6h6c5 3 5 9 0 12H9C4 15 4 9 9 6z',
    },
    heart: {
        lines: 'M12 20C4 14 4 10 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 1 0 5-8 11z',
        fill: 'M12 20C4 14 4 10 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 1 0 5-8 11z',
    },
    thumb: {
        lines: 'M4 11h4v9H4zM8 12l4-8c2 0 3 1 2.5 3L14 10h4a2 2 0 0 1 2 2.3l-1 6a2 2 0 0 1-2 1.7H8',
        fill: 'M4 11h4v9H4z',
    },
    smile: {
        lines: 'M12 3.5a8.5 8.5 0 1 0 .01 0zM8 13.5q4 5 8 0zM9 9v1M15 9v1',
        fill: 'M8 13.5q4 5 8 0z',
    },
    eyes: {
        lines: 'M8 5.5a3 6.5 0 1 0 .01 0zM16 5.5a3 6.5 0 1 0 .01 0z',
        fill: 'M9 10a2 3 0 1 0 .01 0zM17 10a2 3 0 1 0 .01 0z',
    },
};

/** Creates the picture of a reaction: our own for those at hand, the system's for the others. */
export function pictureOf(emoji) {
    const picture = PICTURES[AT_HAND.get(emoji)];
    if (!picture) return h('span', { class: 'emoji', text: emoji });
    return svg(
        'svg',
        { class: 'icon hand', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
        svg('path', { class: 'fill', d: picture.fill }),
        svg('path', { d: picture.lines }),
    );
}

/** Creates the buttons of the reactions at hand, and the one for all others. */
export function atHandNodes() {
    const nodes = [...AT_HAND.keys()].map((emoji) => {
        const label = t('react.with', { emoji: nameOf(emoji) });
        const given = { type: 'button', class: 'bare', 'data-do': 'react', 'data-emoji': emoji };
        return h('button', { ...given, 'aria-label': label, title: label }, pictureOf(emoji));
    });
    return [...nodes, moreNode({ class: 'bare' })];
}

/** Creates the button that opens the choice of an emoji to react with. */
function moreNode(given) {
    const label = t('react.more');
    return h('button', { type: 'button', 'data-do': 'pick', 'aria-label': label, title: label, ...given }, smileIcon());
}

/** Creates the line below a message: each reaction with its number; who it was shows on hover. */
export function reactionsNode(reactions) {
    return h(
        'div',
        { class: 'reactions' },
        ...reactions.map(pill),
        moreNode({ class: 'pill more', tabindex: -1 }),
    );
}

/** Has this line show other reactions. A pill that stays keeps its element; Tab reaches a new one like the others. */
export function showReactions(line, reactions) {
    const more = line.lastChild;
    const pills = new Map([...line.children].map((node) => [node.dataset.emoji, node]));
    const shown = reactions.map((each) => {
        const known = pills.get(each.emoji);
        return known ? tellPill(known, each) : Object.assign(pill(each), { tabIndex: more.tabIndex });
    });
    place(line, [...shown, more]);
}

/** Says who has reacted, as far as that is known. */
export function whoText({ count, names }) {
    const more = count - names.length;
    return [...names, ...(more > 0 ? [t('people.more', { n: more })] : [])].join(', ');
}

/**
 * Returns the payload of the action of a user who presses this reaction to the message of `row`: what they have reacted
 * with, they take back.
 */
export function reactionTo({ entry, reactions }, emoji) {
    const on = !reactions.some((each) => each.emoji === emoji && each.mine);
    return { seq: entry.seq, emoji, on };
}

/** Returns what a reaction is called: the name of one at hand, otherwise the emoji itself. */
function nameOf(emoji) {
    const name = AT_HAND.get(emoji);
    return name ? t(`react.${name}`) : emoji;
}

function pill(reaction) {
    const { emoji } = reaction;
    const given = { type: 'button', class: 'pill', tabindex: -1, 'data-do': 'react', 'data-emoji': emoji };
    return tellPill(h('button', given, pictureOf(emoji), h('b')), reaction);
}

/** Has a pill say who reacts so, and how many. */
function tellPill(node, { emoji, count, names, mine }) {
    const who = whoText({ count, names });
    node.title = who;
    node.setAttribute('aria-pressed', String(mine));
    node.setAttribute('aria-label', `${nameOf(emoji)}, ${count}: ${who}`);
    write(node.lastChild, String(count));
    return node;
}
