import { t } from './i18n.js';

/** What people call a room: `#kitchen`; a direct conversation by the name of the other one. */
export function roomText({ name, with: other }) {
    if (other) return other.name;
    return name.startsWith('direct.') ? t('room.direct') : `#${name}`;
}
