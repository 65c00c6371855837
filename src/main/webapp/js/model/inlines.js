const DEEPEST = 3;
const TOKEN = /`+|\*\*|\*|~~|\[|https?:\/\/|www\.|@|#/gi;
/** What makes links alone. */
const LINK_TOKEN = /https?:\/\/|www\.|@|#/gi;
const MARKS = { '*': 'italic', '**': 'bold', '~~': 'strike' };
/** The scripts without spaces between words. */
const CLOSE = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}';
/** What ends a link: a space, quotes, and Chinese, Japanese or Korean punctuation. */
const END = '\\s<>"`\\u3000-\\u3004\\u3008-\\u3020\\u302a-\\u303f\\uff00-\\uffef\\u2018-\\u201d';
/**
 * A link. Text in a script without spaces belongs to it where it begins a part of the path or the query
 * (`/wiki/维基百科`), and follows it otherwise (`/a吧`), also directly after the host.
 */
const LINK = new RegExp(
    `(?:https?://|www\\.)[^${END}${CLOSE}]+(?:(?<=[/?&=#_+-])(?<!//[^/]*/)(?=[${CLOSE}])[^${END}]+)?`,
    'iyu',
);
const WORD = `(?![${CLOSE}])[\\p{L}\\p{M}\\p{N}_]`;
/** A room, or a message in it: not within a word or an address. Digits alone are a number. */
const NAME = '(?=[\\d._-]*[a-z])[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_])?';
const PLACE = new RegExp(`(?<!${WORD}|[&#@/.:=?-])#${NAME}(?:/[1-9]\\d{0,14})?(?!/?${WORD}|[#@])`, 'yu');
/** A text and its address: the address has brackets in pairs only. */
const NAMED = /\[([^[\]\n]{1,200})\]\((https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\)){1,2000})\)/iy;
/** What looks like an address itself: a link must not name another one. */
const LIKE_ADDRESS = /:\/\/|^www\.|^(?:\S*@)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}(?:[/?#:]|$)/iu;
const EDGES = /^[\p{P}\p{S}\p{Z}\p{C}]+|[\p{P}\p{S}\p{Z}\p{C}]+$/gu;
/** The two sides of a mail address. */
const MAILBOX = /[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?$/i;
const MAIL_HOST = /@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9_@-]|\.[a-z0-9])/iy;
/** A sign before which a mail address does not begin. */
const WITHIN = new RegExp(`(?![${CLOSE}])[\\p{L}\\p{N}/:@._-]`, 'u');
const TRAILING = /[.,;:!?…'*_~)\]}]/;
const BRACKETS = { ')': '(', ']': '[' };

/**
 * Parses inline text: strings, and `code`, `link` (text, href; `#room` on this page), `bold`, `italic` and `strike`
 * (inlines). Takes linear time for any text.
 */
export function inlinesOf(text, depth) {
    return parsed(text, TOKEN, depth ?? 0);
}

/** Returns a text without formatting: strings, and `link`. */
export function linksOf(text) {
    return parsed(text, LINK_TOKEN, 0);
}

function parsed(text, tokens, depth) {
    const found = [];
    let done = 0;
    const token = new RegExp(tokens);
    const ends = Object.fromEntries(Object.keys(MARKS).map((mark) => [mark, endsOf(text, mark)]));
    for (let match = token.exec(text); match; match = token.exec(text)) {
        const hit = inlineAt(text, match, { depth, ends, done });
        if (!hit) continue;
        const start = hit.start ?? match.index;
        if (start > done) found.push(text.slice(done, start));
        found.push(hit.inline);
        done = hit.end;
        token.lastIndex = done;
    }
    if (done < text.length) found.push(text.slice(done));
    return found;
}

function inlineAt(text, match, { depth, ends, done }) {
    const mark = match[0];
    if (mark.startsWith('`')) return codeAt(text, match.index, mark);
    if (mark in MARKS) return depth < DEEPEST ? emphasisAt(text, match.index, mark, depth, ends[mark]) : null;
    if (mark === '[') return namedAt(text, match.index);
    if (mark === '@') return mailAt(text, match.index, done);
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
    if (!/\S/.test(text[from] ?? '') || text[from] === mark[0]) return null;
    if (mark === '*' && isWord(text[start - 1])) return null;
    if (mark === '~~' && /[\p{L}\p{N}]/u.test(text[start - 1] ?? '')) return null; // as Chinese ends sentences
    while (ends.length > 0 && ends.at(-1) <= from) ends.pop();
    if (ends.length === 0) return null;
    const to = ends.at(-1);
    const inlines = inlinesOf(text.slice(from, to), depth + 1);
    return { inline: { type: MARKS[mark], inlines }, end: to + mark.length };
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
    return mark.length > 1 || (text[at + 1] !== '*' && text[at - 1] !== '*' && !isWord(text[at + 1]));
}

function linkAt(text, start) {
    if (isWord(text[start - 1])) return null;
    LINK.lastIndex = start;
    const shown = withoutTrail(LINK.exec(text)?.[0] ?? '');
    const bare = /^www\./i.test(shown);
    if (bare && (/[/@.-]/.test(text[start - 1] ?? '') || !/^www\.[^./?#:]+\.[^./?#:]/i.test(shown))) return null;
    const href = safeHref(bare ? `https://${shown}` : shown);
    return href && { inline: { type: 'link', text: shown, href }, end: start + shown.length };
}

/** A link with a text of its own, unless that looks like another address. */
function namedAt(text, start) {
    NAMED.lastIndex = start;
    const [all, name, address] = NAMED.exec(text) ?? [];
    const href = all && safeHref(address);
    if (!href || name.trim() === '') return null;
    const bare = name.normalize('NFKC').replace(/\p{Cf}/gu, '').replace(EDGES, '');
    if (LIKE_ADDRESS.test(bare) && !isOf(bare, href)) return null;
    return { inline: { type: 'link', text: name, href }, end: start + all.length };
}

/** True when a text that looks like an address names the host of this one. */
function isOf(name, href) {
    const named = safeHref(/:\/\//.test(name) ? name : `https://${name}`);
    return named != null && new URL(named).host === new URL(href).host;
}

function mailAt(text, at, done) {
    MAIL_HOST.lastIndex = at;
    const host = MAIL_HOST.exec(text)?.[0];
    const box = host && MAILBOX.exec(text.slice(Math.max(done, at - 64), at))?.[0];
    if (!box) return null;
    const start = at - box.length;
    if (start > done && WITHIN.test(text[start - 1])) return null;
    const shown = box + host;
    return { inline: { type: 'link', text: shown, href: `mailto:${shown}` }, start, end: at + host.length };
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
