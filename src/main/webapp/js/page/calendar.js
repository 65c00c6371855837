import { dayOf, msToNextDay } from '../model/calendar.js';
import { element } from './environment.js';

/**
 * Keeps "Today" and "Yesterday" true: when the local day changes, they are drawn again. One timer waits for the next
 * day. It stands still while the machine sleeps, so the day is also checked whenever the user returns.
 */
export function startCalendar() {
    let day = dayOf(Date.now());
    let timer = null;

    function look() {
        const now = Date.now();
        clearTimeout(timer);
        timer = setTimeout(look, msToNextDay(now));
        if (dayOf(now) === day) return;
        day = dayOf(now);
        element('warung-timeline').redraw();
        for (const name of ['search', 'activity']) element(`warung-${name}`).redraw?.(); // once it has loaded
    }

    for (const name of ['focus', 'pageshow']) addEventListener(name, look);
    document.addEventListener('visibilitychange', look);
    look();
}
