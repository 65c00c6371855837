import { currentLanguage, formatOf, t, tOr } from './i18n.js';

/** Returns the displayed name of a room: `#kitchen`, or the name of the other person of a direct conversation. */
export function roomText({ name, with: other }) {
    if (other) return other.name;
    return name.startsWith('direct.') ? t('room.direct') : `#${name}`;
}

const MOST_NAMED = 3;

/** Returns a sentence that says who is typing; empty when nobody is. */
export function typingText(people) {
    if (people.length === 0) return '';
    if (people.length > MOST_NAMED) return t('typing.many');
    const names = formatOf('ListFormat', [currentLanguage()]).format(people.map(({ name }) => name));
    return t('typing.some', { n: people.length, names });
}

/** Returns a sentence that says what the server refused, and why, for a failed item of the outbox. */
export function failureText({ type, error }) {
    return t(`message.failed.${type}`, { reason: tOr('failed', error) });
}
