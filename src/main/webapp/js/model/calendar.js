/** Returns the local calendar day of an instant, as `2026-11-23`. */
export function dayOf(at) {
    const date = new Date(at);
    const two = (number) => String(number).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Returns the calendar day before that of `at`. Days may have 23 or 25 hours, but each has a noon. */
export function dayBefore(at) {
    const date = new Date(at);
    return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() - 1, 12));
}

/** Returns the milliseconds from `at` to the beginning of the next local day, which need not be at midnight. */
export function msToNextDay(at) {
    const date = new Date(at);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime() - date.getTime();
}
