import { dayBefore, dayOf } from '../model/calendar.js';
import { currentLanguage, formatOf, t } from './i18n.js';

/** Returns the time: `19:31`, or `7:31 PM` where that is customary. */
export function timeText(at) {
    return text(at, { hour: 'numeric', minute: '2-digit' });
}

/** Returns the time if that was today, otherwise the date, with the year only if it is another. */
export function whenText(at) {
    const [day, today] = [dayOf(at), dayOf(Date.now())];
    if (day === today) return timeText(at);
    const sameYear = day.slice(0, 4) === today.slice(0, 4);
    return text(at, { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) });
}

/** Returns the date and time, in short. */
export function shortText(at) {
    return text(at, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Returns the full date and time. */
export function fullText(at) {
    return text(at, { dateStyle: 'full', timeStyle: 'medium' });
}

/** Returns the date of `day` (as from `dayOf`), with its year. */
export function dateText(day) {
    return text(`${day}T12:00:00`, { dateStyle: 'full' });
}

/** Returns today, yesterday, or the date of `day` (as from `dayOf`), with the year only if it is another. */
export function dayText(day, at) {
    const now = at ?? Date.now();
    if (day === dayOf(now)) return t('time.today');
    if (day === dayBefore(now)) return t('time.yesterday');
    const sameYear = day.slice(0, 4) === dayOf(now).slice(0, 4);
    return text(`${day}T12:00:00`, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        ...(!sameYear && { year: 'numeric' }),
    });
}

/** Formats in the page's language, with the conventions of the user's country if the browser tells it. */
function text(at, options) {
    const [language] = currentLanguage().split('-');
    const own = navigator.languages.filter((tag) => tag.split('-')[0] === language);
    return formatOf('DateTimeFormat', [...own, currentLanguage()], options).format(new Date(at));
}
