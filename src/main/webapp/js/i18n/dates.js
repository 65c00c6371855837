import { dayOf } from '../model/rows.js';
import { currentLanguage, t } from './i18n.js';

const DAY_MS = 86_400_000;
const formats = new Map();

/** `19:31`, or `7:31 PM` where that is the custom. */
export function timeText(at) {
    return format({ hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/** The whole date and time, for whoever asks. */
export function fullText(at) {
    return format({ dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at));
}

/** Today, yesterday, or the day by name; the year only when it is another. `day` is as `dayOf` says it. */
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

/** In the page's language, with the customs of the reader's own country where the browser tells them. */
function format(options) {
    const [language] = currentLanguage().split('-');
    const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? currentLanguage();
    const key = locale + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
    return formats.get(key);
}
