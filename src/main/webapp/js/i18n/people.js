import { currentLanguage, t } from './i18n.js';

const MOST_NAMED = 3;

/** Who is writing, in a sentence; nothing when nobody is. */
export function typingText(people) {
    if (people.length === 0) return '';
    if (people.length > MOST_NAMED) return t('typing.many');
    const names = new Intl.ListFormat(currentLanguage()).format(people.map(({ name }) => name));
    return t('typing.some', { n: people.length, names });
}
