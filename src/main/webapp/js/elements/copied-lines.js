import { dateText, timeText } from '../i18n/dates.js';
import { t } from '../i18n/i18n.js';

/**
 * Returns the selected rows of a list as lines with time and author, as they are to be pasted; null if the selection is
 * within the text of one message, which the browser copies as it is.
 */
export function copiedLines(selection, list) {
    if (selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const rows = [...list.children].filter((node) => range.intersectsNode(node));
    if (rows.length === 0) return null;
    if (rows.some((node) => textOf(node)?.contains(range.commonAncestorContainer))) return null;
    const lines = rows.map((node) => lineOf(node, range)).filter(Boolean);
    return lines.length > 0 ? lines.join('\n') : null;
}

function textOf(node) {
    return node.querySelector('.text');
}

function lineOf(node, range) {
    const { type, day, item, entry, deleted } = node.row;
    if (type === 'day') return dateText(day);
    if (type === 'quiet') return node.textContent;
    if (deleted) return t('message.deleted');
    const text = textOf(node) && selectedText(textOf(node), range, node.row);
    if (!text) return null;
    const { at, from } = entry ?? item;
    return `[${timeText(at)}] ${t('announce.said', { name: from?.name ?? t('message.you'), text })}`;
}

/** Returns the text of a message as it was written, or what is selected of it. */
function selectedText(body, range, { text, item }) {
    const part = document.createRange();
    part.selectNodeContents(body);
    const whole = part.toString();
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
        part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    if (part.toString() === whole) return text ?? item?.text ?? whole;
    const copy = part.cloneContents();
    for (const mark of copy.querySelectorAll('.edited')) mark.remove();
    const blocks = [...copy.querySelectorAll('p, li, pre')];
    return (blocks.length > 0 ? blocks.map((block) => block.textContent).join('\n') : copy.textContent).trim();
}
