import { onLanguage } from '../i18n/i18n.js';
import { roomText } from '../i18n/rooms.js';
import { rooms, settings, navigation } from './app.js';

/** The title of the page: where one is, and how much is unread that one does not see. */
export function startTitle() {
    rooms.on('changed', render);
    onLanguage(render);
    document.addEventListener('visibilitychange', render);
}

function render() {
    if (!navigation.room) return;
    const { total, elsewhere } = rooms.unread(settings.muted);
    const n = document.visibilityState === 'visible' ? elsewhere : total;
    document.title = `${n > 0 ? `(${n}) ` : ''}${roomText(navigation.room)} · Warung`;
}
