import { Emitter } from '../model/emitter.js';
import en from './en.js';
import zhCN from './zh-CN.js';

/** The languages of the page and what it says in each. */
export const LANGUAGES = { en, 'zh-CN': zhCN };

const changes = new Emitter();
let language = 'en';

export function currentLanguage() {
    return language;
}

/** Speaks `tag` from now on; everybody who listens hears of it. */
export function speak(tag) {
    language = tag in LANGUAGES ? tag : 'en';
    changes.emit('language');
}

export function onLanguage(listener) {
    return changes.on('language', listener);
}

/** The first language of `wanted` (as in `navigator.languages`) that the page speaks: any Chinese is zh-CN. */
export function chooseLanguage(wanted) {
    for (const tag of wanted) {
        if (/^zh\b/i.test(tag)) return 'zh-CN';
        if (/^en\b/i.test(tag)) return 'en';
    }
    return 'en';
}

/**
 * What the page says for `key`, with `{name}` replaced from `values`, by nothing when it is absent there; the number
 * `n` chooses the plural form.
 */
export function t(key, values) {
    const found = LANGUAGES[language][key];
    if (found == null) throw new Error(`No text for ${key}`);
    const n = values?.n ?? 0;
    const text = typeof found === 'string' ? found : found[new Intl.PluralRules(language).select(n)];
    return text.replace(/\{(\w+)\}/g, (_, name) => (name === 'n' ? number(n) : (values?.[name] ?? '')));
}

/** The same in pieces: what was put in is `{value}`, so that names can be set apart from the sentence. */
export function sentence(key, values) {
    const pieces = t(key, Object.fromEntries(Object.keys(values).map((name) => [name, `\0${name}\0`]))).split('\0');
    return pieces.map((piece, i) => (i % 2 === 0 ? piece : { value: values[piece] }));
}

/** `t(prefix.code)`, or `t(prefix.unknown)` for a code without words of its own. */
export function tOr(prefix, code, values) {
    const key = `${prefix}.${code}`;
    return t(key in LANGUAGES[language] ? key : `${prefix}.unknown`, values);
}

function number(n) {
    return new Intl.NumberFormat(language).format(n);
}
