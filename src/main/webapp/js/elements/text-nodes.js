import { t } from '../i18n/i18n.js';
import { linkText } from '../i18n/names.js';
import { addressOf, placeIn } from '../model/address.js';
import { linksOf } from '../model/inlines.js';
import { blocksOf } from '../model/markup.js';
import { h } from './dom.js';
import { copyIcon, wrapIcon } from './icons.js';

const TAGS = { bold: 'strong', italic: 'em', strike: 's' };

/** Creates the nodes of a text with its formatting. */
export function textNodes(text) {
    return blocksOf(text).map(blockNode);
}

/** Creates the nodes of a text without formatting, but with its links. */
export function lineNodes(text) {
    return linksOf(text).map(inlineNode);
}

function blockNode(block) {
    switch (block.type) {
        case 'code':
            return codeNode(block);
        case 'quote':
            return h('blockquote', {}, ...block.blocks.map(blockNode));
        case 'list':
            return listNode(block);
        default:
            return h('p', { dir: 'auto' }, ...block.inlines.map(inlineNode));
    }
}

/** Creates a block of code with its buttons; its colours come when what makes them has loaded. */
function codeNode({ text, language }) {
    const code = h('code', { text });
    if (language) colour(code, language);
    const button = (name, icon) => {
        const label = t(`code.${name}`); // no text: what is copied has none either
        const given = { type: 'button', class: 'bare', tabindex: -1, 'data-do': name };
        return h('button', { ...given, 'aria-label': label, title: label }, icon);
    };
    return h(
        'div',
        { class: 'code' },
        h('pre', { tabindex: 0, dir: 'ltr', 'data-language': language }, code),
        h('div', { class: 'ways' }, button('wrap-code', wrapIcon()), button('copy-code', copyIcon())),
    );
}

async function colour(code, language) {
    try {
        const { coloured } = await import('./code-colours.js');
        const pieces = coloured(code.textContent, language);
        const nodeOf = ({ text, kind }) => (kind ? h('i', { class: kind, text }) : text);
        if (pieces) code.replaceChildren(...pieces.map(nodeOf));
    } catch (fault) {
        console.warn('Code stays without colours.', fault);
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
    if (room != null) {
        const words = seq == null ? linkText(room, text) : text;
        const named = seq == null ? { 'data-room': room, 'data-written': text } : {};
        return h('a', { href: addressOf(room, seq), tabindex: -1, ...named, text: words });
    }
    if (href.startsWith('mailto:')) return h('a', { href, tabindex: -1, text });
    const title = text === href ? null : href;
    return h('a', { href, rel: 'noopener noreferrer', target: '_blank', tabindex: -1, text, title });
}

function inlineNode(inline) {
    if (typeof inline === 'string') return inline;
    if (inline.type === 'code') return h('code', { text: inline.text });
    if (inline.type === 'link') return linkNode(inline);
    if (inline.type === 'list') return listNode(inline);
    return h(TAGS[inline.type], {}, ...inline.inlines.map(inlineNode));
}
