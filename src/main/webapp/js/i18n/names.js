import { currentLanguage, formatOf, t, tOr } from './i18n.js';

/**
 * Returns what a room is called: its title, otherwise `#kitchen`; a direct conversation is called by the name of the
 * other person.
 */
export function roomText({ name, title, with: other }) {
    if (other) return other.name;
    return name.startsWith('direct.') ? t('room.direct') : title || `#${name}`;
}

let titleOf = () => '';

/** Sets how the title of the room `name` is found: `find(name)` returns it, or something empty. */
export function findTitlesBy(find) {
    titleOf = find;
}

/** Returns the words of a link to the room `name`: its title where it is known, otherwise what was `written`. */
export function linkText(name, written) {
    const plain = written === `#${name}` || written.endsWith(`/#${name}`);
    return (plain && titleOf(name)) || written;
}

const MOST_NAMED = 3;

/** Returns a sentence that says who is typing; empty when nobody is. */
export function typingText(people) {
    if (people.length === 0) return '';
    if (people.length > MOST_NAMED) return t('typing.many');
    return t('typing.some', { n: people.length, names: listText(people.map(({ name }) => name)) });
}

/** Returns words as a list: `Ana, Budi and Citra`. */
export function listText(words) {
    return formatOf('ListFormat', [currentLanguage()]).format(words);
}

/** Returns a sentence that says what the server refused, and why, for a failed item of the outbox. */
export function failureText({ type, error }) {
    return t(`message.failed.${type}`, { reason: tOr('failed', error) });
}
