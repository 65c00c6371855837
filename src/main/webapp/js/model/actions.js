/** What the user may do with a message in this room, most wanted first; nothing with what is gone or not in the log yet. */
export function actionsFor(row, { archived, moderator }) {
    if (row?.type !== 'message' || row.deleted) return [];
    const change = row.own || moderator;
    return archived ? ['link'] : ['reply', row.own && 'edit', 'link', change && 'delete'].filter(Boolean);
}
