import { roomText } from '../i18n/rooms.js';
import { onLanguage } from '../i18n/i18n.js';
import { rooms, settings, visit } from './parts.js';

/** The title of the page: where one is, and how much is unread that one does not see. */
export function startTitle() {
    rooms.on('changed', say);
    onLanguage(say);
    document.addEventListener('visibilitychange', say);
}

function say() {
    if (!visit.room) return;
    const { total, elsewhere } = rooms.unread(settings.muted);
    const n = document.visibilityState === 'visible' ? elsewhere : total;
    document.title = `${n > 0 ? `(${n}) ` : ''}${roomText(visit.room)} · Warung`;
}
