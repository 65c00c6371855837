import { cut } from './graphemes.js';

const TONES = 8;

/** Returns the initials of a name, one or two letters: `Ana Maria` is AM, `李小龍` is 李. */
export function initialsOf(name) {
    const words = name.trim().split(/\s+/u).filter(Boolean);
    const first = cut(words[0] ?? '?', 1);
    const last = words.length > 1 && isAlphabetic(first) ? cut(words.at(-1), 1) : '';
    return (first + last).toLocaleUpperCase();
}

/** Returns a number from 0 to 7 for a key, the same on every machine. */
export function toneOf(key) {
    let hash = 2166136261;
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
    hash ^= hash >>> 15;
    return (hash >>> 0) % TONES;
}

function isAlphabetic(letter) {
    return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter);
}
