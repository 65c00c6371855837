import { blocksOf } from '../model/markup.js';
import { h } from './dom.js';

/** The nodes that show a text with its formatting. */
export function textNodes(text) {
    return blocksOf(text).map(blockNode);
}

function blockNode(block) {
    switch (block.type) {
        case 'code':
            return h('pre', { tabindex: 0, dir: 'ltr', 'data-language': block.language }, h('code', { text: block.text }));
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

function inlineNode(inline) {
    if (typeof inline === 'string') return inline;
    switch (inline.type) {
        case 'code':
            return h('code', { text: inline.text });
        case 'link':
            return h('a', { href: inline.href, rel: 'noopener noreferrer', target: '_blank', text: inline.text });
        case 'bold':
            return h('strong', {}, ...inline.inlines.map(inlineNode));
        default:
            return h('em', {}, ...inline.inlines.map(inlineNode));
    }
}
