import { dayBefore, dayOf, msToNextDay } from '../../main/webapp/js/model/calendar.js';
import { holds, same, test } from './harness.js';

const HOUR_MS = 3_600_000;

/** Days of 23 and 25 hours, at night or at midnight. Elsewhere than under Node, the browser has one zone. */
const ZONES = ['America/Santiago', 'America/New_York', 'Europe/Berlin', 'Asia/Beirut', 'Asia/Shanghai', 'UTC'];

function inEachZone(act) {
    const { env } = globalThis.process ?? {};
    if (!env) return act('the zone of this browser');
    const { TZ } = env;
    try {
        for (const zone of ZONES) {
            env.TZ = zone;
            act(zone);
        }
    } finally {
        if (TZ) env.TZ = TZ;
        else delete env.TZ;
    }
}

/** Calls `act` for each half hour of two years, and one second before it. */
function always(act) {
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += HOUR_MS / 2) {
        act(at - 1_000);
        act(at);
    }
}

/** The day before, from the day alone. */
const before = (day) => new Date(Date.parse(`${day}T00:00:00Z`) - 24 * HOUR_MS).toISOString().slice(0, 10);

test('yesterday is the calendar day before, at each hour of days of 23, 24 and 25 hours', () =>
    inEachZone((zone) => always((at) => same(dayBefore(at), before(dayOf(at)), `${zone} ${new Date(at)}`))));

test('the next day begins where it is said to, and not a second before', () =>
    inEachZone((zone) =>
        always((at) => {
            const next = at + msToNextDay(at);
            const about = `${zone} ${new Date(at)}`;
            holds(msToNextDay(at) > 0 && msToNextDay(at) <= 25 * HOUR_MS, about);
            same(dayOf(next - 1_000) === dayOf(at) || next - at < 1_000, true, about);
            same(before(dayOf(next)), dayOf(at), about);
        }),
    ));
