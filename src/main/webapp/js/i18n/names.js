import { currentLanguage, t } from './i18n.js';

/** What people call a room: `#kitchen`; a direct conversation by the name of the other one. */
export function roomText({ name, with: other }) {
    if (other) return other.name;
    return name.startsWith('direct.') ? t('room.direct') : `#${name}`;
}

const MOST_NAMED = 3;

/** Who is writing, in a sentence; nothing when nobody is. */
export function typingText(people) {
    if (people.length === 0) return '';
    if (people.length > MOST_NAMED) return t('typing.many');
    const names = new Intl.ListFormat(currentLanguage()).format(people.map(({ name }) => name));
    return t('typing.some', { n: people.length, names });
}
