const DEEPEST = 3;
const TOKEN = /`+|\*\*|\*|https?:\/\/|#/gi;
/** The scripts without spaces between words. */
const CLOSE = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}';
/** What ends a link: a space, quotes, and Chinese, Japanese or Korean punctuation. */
const END = '\\s<>"`\\u3000-\\u3004\\u3008-\\u3020\\u302a-\\u303f\\uff00-\\uffef\\u2018-\\u201d';
/**
 * A link. Text in a script without spaces belongs to it where it begins a part of the path or the query
 * (`/wiki/维基百科`), and follows it otherwise (`/a吧`), also directly after the host.
 */
const LINK = new RegExp(
    `https?://[^${END}${CLOSE}]+(?:(?<=[/?&=#_+-])(?<!//[^/]*/)(?=[${CLOSE}])[^${END}]+)?`,
    'iyu',
);
const WORD = `(?![${CLOSE}])[\\p{L}\\p{M}\\p{N}_]`;
/** A room, or a message in it: not within a word or an address. Digits alone are a number. */
const NAME = '(?=[\\d._-]*[a-z])[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_])?';
const PLACE = new RegExp(`(?<!${WORD}|[&#@/.:=?-])#${NAME}(?:/[1-9]\\d{0,14})?(?!/?${WORD}|[#@])`, 'yu');
const TRAILING = /[.,;:!?…'*_~)\]}]/;
const BRACKETS = { ')': '(', ']': '[' };

/**
 * Parses inline text: strings, and `code`, `link` (text, href; `#room` on this page), `bold` and `italic` (inlines).
 * Takes linear time for any text.
 */
export function inlinesOf(text, depth) {
    const found = [];
    let done = 0;
    const token = new RegExp(TOKEN);
    const ends = { '*': endsOf(text, '*'), '**': endsOf(text, '**') };
    for (let match = token.exec(text); match; match = token.exec(text)) {
        const hit = inlineAt(text, match, depth ?? 0, ends);
        if (!hit) continue;
        if (match.index > done) found.push(text.slice(done, match.index));
        found.push(hit.inline);
        done = hit.end;
        token.lastIndex = done;
    }
    if (done < text.length) found.push(text.slice(done));
    return found;
}

function inlineAt(text, match, depth, ends) {
    const mark = match[0];
    if (mark.startsWith('`')) return codeAt(text, match.index, mark);
    if (mark.startsWith('*')) return depth < DEEPEST ? emphasisAt(text, match.index, mark, depth, ends[mark]) : null;
    return mark === '#' ? placeAt(text, match.index) : linkAt(text, match.index);
}

function codeAt(text, start, mark) {
    const from = start + mark.length;
    const to = text.indexOf(mark, from);
    if (to <= from || text[to + mark.length] === '`') return null;
    return { inline: { type: 'code', text: text.slice(from, to) }, end: to + mark.length };
}

function emphasisAt(text, start, mark, depth, ends) {
    const from = start + mark.length;
    if (!/\S/.test(text[from] ?? '') || text[from] === '*' || (mark === '*' && isWord(text[start - 1]))) return null;
    while (ends.length > 0 && ends.at(-1) <= from) ends.pop();
    if (ends.length === 0) return null;
    const to = ends.at(-1);
    const inlines = inlinesOf(text.slice(from, to), depth + 1);
    return { inline: { type: mark === '*' ? 'italic' : 'bold', inlines }, end: to + mark.length };
}

/** Returns the positions where `mark` could close something, last first. */
function endsOf(text, mark) {
    const ends = [];
    for (let at = text.indexOf(mark, 1); at > 0; at = text.indexOf(mark, at + mark.length)) {
        if (closes(text, at, mark)) ends.push(at);
    }
    return ends.reverse();
}

function closes(text, at, mark) {
    if (/\s/.test(text[at - 1])) return false;
    return mark === '**' || (text[at + 1] !== '*' && text[at - 1] !== '*' && !isWord(text[at + 1]));
}

function linkAt(text, start) {
    if (isWord(text[start - 1])) return null;
    LINK.lastIndex = start;
    const shown = withoutTrail(LINK.exec(text)?.[0] ?? '');
    const href = safeHref(shown);
    return href && { inline: { type: 'link', text: shown, href }, end: start + shown.length };
}

/** A room is a link as it is written: `#room` or `#room/seq`. */
function placeAt(text, start) {
    PLACE.lastIndex = start;
    const shown = PLACE.exec(text)?.[0];
    return shown ? { inline: { type: 'link', text: shown, href: shown }, end: start + shown.length } : null;
}

/** Removes punctuation at the end, which belongs to the sentence; a bracket only if it was opened outside. */
function withoutTrail(address) {
    const open = { ')': unclosed(address, ')'), ']': unclosed(address, ']') };
    let end = address.length;
    while (end > 0 && TRAILING.test(address[end - 1]) && !(open[address[end - 1]] >= 0)) {
        if (address[end - 1] in open) open[address[end - 1]]++;
        end--;
    }
    return address.slice(0, end);
}

/** Returns how many brackets are opened in the address and not closed; negative if more are closed. */
function unclosed(address, bracket) {
    return address.split(BRACKETS[bracket]).length - address.split(bracket).length;
}

/** Returns the address to link to, or null: http and https only, and none that hides its host behind a user name. */
export function safeHref(text) {
    let url;
    try {
        url = new URL(text);
    } catch {
        return null;
    }
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && url.hostname && !url.username && !url.password ? url.href : null;
}

function isWord(letter) {
    return letter != null && /[A-Za-z0-9]/.test(letter);
}
