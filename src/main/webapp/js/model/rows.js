const GROUP_MS = 5 * 60_000;

/**
 * What a reader sees of a room, top to bottom: `day` separators, `gap` notes, `message` rows (`first` when a new speaker
 * or a pause begins a group) and, at the end, `pending` rows. Each has a key that stays the same as long as it is the same
 * thing: our own message keeps its key when it turns from pending into an entry.
 */
export function rowsOf({ entries, gaps = [], pending = [], me = null, newFrom = null }) {
    const rows = [];
    let before = null;
    let missing = [...gaps];
    for (const entry of entries) {
        const passed = missing.filter((gap) => gap.from < entry.seq);
        missing = missing.filter((gap) => gap.from >= entry.seq);
        for (const gap of passed) rows.push({ type: 'gap', key: `g${gap.from}`, gap });
        const day = dayOf(entry.at);
        const newDay = before === null || dayOf(before.at) !== day;
        if (newDay) rows.push({ type: 'day', key: `d${day}-${entry.seq}`, day });
        const isNew = newFrom !== null && entry.seq >= newFrom && (before === null || before.seq < newFrom);
        if (isNew) rows.push({ type: 'new', key: 'new' });
        const first = newDay || isNew || passed.length > 0 || !continues(before, entry.from, entry.at);
        rows.push({ type: 'message', key: keyOf(entry, me), entry, first, own: entry.from.id === me?.id });
        before = entry;
    }
    for (const item of pending) {
        rows.push({ type: 'pending', key: `c:${item.id}`, item, first: !continues(before, me, item.at), own: true });
        before = { from: me, at: item.at };
    }
    return rows;
}

/** The local calendar day of an instant, as `2026-11-23`. */
export function dayOf(at) {
    const date = new Date(at);
    const two = (number) => String(number).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function keyOf(entry, me) {
    return entry.id && entry.from.id === me?.id ? `c:${entry.id}` : `s${entry.seq}`;
}

function continues(before, author, at) {
    const same = before?.from?.id === author?.id && before?.from?.name === author?.name;
    return before !== null && same && Math.abs(new Date(at) - new Date(before.at)) < GROUP_MS;
}
