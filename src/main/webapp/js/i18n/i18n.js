import { Emitter } from '../model/emitter.js';
import en from './en.js';
import zhCN from './zh-CN.js';

/** The languages of the page, and the texts in each. */
export const LANGUAGES = { en, 'zh-CN': zhCN };

const changes = new Emitter();
let language = 'en';
const made = new Map();

/** Returns the tag of the current language. */
export function currentLanguage() {
    return language;
}

/** Switches to the language `tag`, and notifies the listeners. */
export function speak(tag) {
    language = Object.hasOwn(LANGUAGES, tag) ? tag : 'en';
    changes.emit('language');
}

/** Calls `listener` when the language changes; the returned function stops that. */
export function onLanguage(listener) {
    return changes.on('language', listener);
}

/** Returns the first language of `wanted` (as in `navigator.languages`) that the page has: any Chinese is zh-CN. */
export function chooseLanguage(wanted) {
    for (const tag of wanted) {
        if (/^zh\b/i.test(tag)) return 'zh-CN';
        if (/^en\b/i.test(tag)) return 'en';
    }
    return 'en';
}

/**
 * Returns the text for `key`, with `{name}` replaced from `values`, or removed if absent there; the number `n` selects
 * the plural form.
 */
export function t(key, values) {
    const found = LANGUAGES[language][key];
    if (found == null) throw new Error(`No text for ${key}`);
    const n = values?.n ?? 0;
    const text = typeof found === 'string' ? found : found[formatOf('PluralRules', [language]).select(n)];
    return text.replace(/\{(\w+)\}/g, (_, name) => (name === 'n' ? number(n) : (values?.[name] ?? '')));
}

/** Returns the text in pieces: each replaced value is `{value}`, so that names can be styled. */
export function sentence(key, values) {
    const pieces = t(key, Object.fromEntries(Object.keys(values).map((name) => [name, `\0${name}\0`]))).split('\0');
    return pieces.map((piece, i) => (i % 2 === 0 ? piece : { value: values[piece] }));
}

/** Returns `t(prefix.code)`, or `t(prefix.unknown)` for a code without a text. */
export function tOr(prefix, code, values) {
    return t(keyOr(prefix, code), values);
}

/** Returns the key `prefix.code`, or `prefix.unknown` if that has no text. */
export function keyOr(prefix, code) {
    const key = `${prefix}.${code}`;
    return key in LANGUAGES[language] ? key : `${prefix}.unknown`;
}

/** Returns how long `ms` is, for people: rounded up to seconds, or to minutes; null is `a moment`. */
export function waitText(ms) {
    if (ms == null) return t('asked.moment');
    const seconds = Math.max(1, Math.ceil(ms / 1000));
    return seconds < 60 ? t('asked.seconds', { n: seconds }) : t('asked.minutes', { n: Math.ceil(seconds / 60) });
}

function number(n) {
    return formatOf('NumberFormat', [language]).format(n);
}

/**
 * Returns the formatter `Intl[kind]` with these `options`, in the conventions of the first of `tags` that the browser
 * accepts, otherwise in those of English. Tags come from outside: some browsers report `en-US@posix`, which `Intl`
 * refuses. All formatters are made here, once each.
 */
export function formatOf(kind, tags, options = null) {
    const key = JSON.stringify([kind, tags, options]);
    if (!made.has(key)) made.set(key, firstOf(kind, tags, options ?? {}));
    return made.get(key);
}

function firstOf(kind, tags, options) {
    for (const tag of tags) {
        try {
            return new Intl[kind](tag, options);
        } catch (fault) {
            if (!(fault instanceof RangeError || fault instanceof TypeError)) throw fault;
        }
    }
    return new Intl[kind]('en', options);
}
