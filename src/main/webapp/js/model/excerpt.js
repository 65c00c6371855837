import { blocksOf } from './markup.js';

const LONGEST = 160;

/** The first line of a message without its formatting, to quote it by: what it says itself, rather than what it quotes. */
export function excerptOf(text) {
    const blocks = blocksOf(text.slice(0, 10 * LONGEST));
    const said = blocks.find(({ type }) => type !== 'quote') ?? blocks[0];
    const line = said ? plain(said).trim().split('\n')[0] : '';
    return [...line].slice(0, LONGEST).join('');
}

function plain(block) {
    if (typeof block === 'string') return block;
    const inside = block.inlines ?? block.items?.[0] ?? block.blocks;
    return inside ? inside.map(plain).join('') : block.text;
}
