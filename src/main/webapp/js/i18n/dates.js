import { dayOf } from '../model/rows.js';
import { currentLanguage, t } from './i18n.js';

const DAY_MS = 86_400_000;
const formats = new Map();

/** Returns the time: `19:31`, or `7:31 PM` where that is customary. */
export function timeText(at) {
    return format({ hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/** Returns the full date and time. */
export function fullText(at) {
    return format({ dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at));
}

/** Returns today, yesterday, or the date of `day` (as from `dayOf`), with the year only if it is another. */
export function dayText(day, at) {
    const now = at ?? Date.now();
    if (day === dayOf(now)) return t('time.today');
    if (day === dayOf(now - DAY_MS)) return t('time.yesterday');
    const sameYear = day.slice(0, 4) === dayOf(now).slice(0, 4);
    const date = new Date(`${day}T12:00:00`);
    return format({ weekday: 'long', day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) }).format(
        date,
    );
}

/** Returns a format in the page's language, with the conventions of the user's country if the browser tells it. */
function format(options) {
    const [language] = currentLanguage().split('-');
    const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? currentLanguage();
    const key = locale + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
    return formats.get(key);
}
