import { FENCE, FENCE_END } from './fence.js';
import { inlinesOf } from './inlines.js';

const CODE_LINE = /^\s{0,3}```([^`]+)```\s*$/;
const LANGUAGE = /^[\w+#.-]{1,20}$/;
const QUOTE = /^\s{0,3}> ?(.*)$/;
const BULLET = /^\s{0,3}[-*•] +(\S.*)$/;
const NUMBER = /^\s{0,3}(\d{1,9})[.)] +(\S.*)$/;
/** An item of a list at any depth: its indentation, its mark and its text. */
const ITEM = /^(\s*)(?:[-*•]|(\d{1,9})[.)]) +(\S.*)$/;
/** By how many blanks an item within another one begins further in. */
const STEP = 2;
const DEEPEST = 3;

/**
 * Parses a message into blocks: `paragraph` and `list` items hold inlines, an item also the lists within it, `quote`
 * holds blocks, `code` holds text.
 * Anything ambiguous stays text; only the marks themselves are dropped.
 */
export function blocksOf(text, depth) {
    const lines = text.replace(/\r\n?/g, '\n').split('\n');
    const blocks = [];
    let i = 0;
    while (i < lines.length) {
        const [block, next] = blockAt(lines, i, depth ?? 0);
        if (block) blocks.push(block);
        i = next;
    }
    return blocks;
}

function blockAt(lines, start, depth) {
    const line = lines[start];
    if (line.trim() === '') return [null, start + 1];
    if (FENCE.test(line) || CODE_LINE.test(line)) return codeAt(lines, start);
    if (QUOTE.test(line) && depth < DEEPEST) return quoteAt(lines, start, depth);
    if (BULLET.test(line) || NUMBER.test(line)) return listAt(lines, start, 0);
    return paragraphAt(lines, start, depth);
}

function codeAt(lines, start) {
    const sameLine = CODE_LINE.exec(lines[start]);
    if (sameLine) return [{ type: 'code', text: sameLine[1] }, start + 1];
    const beside = FENCE.exec(lines[start])[1].trim();
    const end = endOf(lines, start + 1, (line) => !FENCE_END.test(line));
    const text = lines.slice(start + 1, end);
    if (LANGUAGE.test(beside)) return [{ type: 'code', text: text.join('\n'), language: beside }, end + 1];
    return [{ type: 'code', text: [beside, ...text].filter((line, i) => i > 0 || line).join('\n') }, end + 1];
}

function quoteAt(lines, start, depth) {
    const end = endOf(lines, start, (line) => QUOTE.test(line));
    const inner = lines
        .slice(start, end)
        .map((line) => QUOTE.exec(line)[1])
        .join('\n');
    return [{ type: 'quote', blocks: blocksOf(inner, depth + 1) }, end];
}

/** A list; what begins further in than the item above is a list within that item. */
function listAt(lines, start, depth) {
    const { indent, first } = itemIn(lines[start]);
    const items = [];
    let i = start;
    for (let item = itemIn(lines[i]); item; item = itemIn(lines[i])) {
        if (item.indent >= indent + STEP && depth < DEEPEST - 1) {
            const [list, next] = listAt(lines, i, depth + 1);
            items.at(-1).push(list);
            i = next;
        } else if (item.indent <= indent - STEP || (item.first == null) !== (first == null)) {
            break;
        } else {
            items.push(inlinesOf(item.text));
            i++;
        }
    }
    return [{ type: 'list', first, items }, i];
}

function itemIn(line) {
    const [, blanks, number, text] = ITEM.exec(line ?? '') ?? [];
    if (text == null) return null;
    const indent = blanks.replaceAll('\t', '    ').replaceAll('\u3000', '  ').length;
    return { indent, first: number == null ? null : Number(number), text };
}

function paragraphAt(lines, start, depth) {
    const special = (line) =>
        line.trim() === '' ||
        FENCE.test(line) ||
        (QUOTE.test(line) && depth < DEEPEST) ||
        BULLET.test(line) ||
        NUMBER.test(line);
    const end = endOf(lines, start + 1, (line) => !special(line));
    return [{ type: 'paragraph', inlines: inlinesOf(lines.slice(start, end).join('\n')) }, end];
}

/** Returns the first line from `start` on that `belongs` rejects. */
function endOf(lines, start, belongs) {
    let end = start;
    while (end < lines.length && belongs(lines[end])) end++;
    return end;
}
