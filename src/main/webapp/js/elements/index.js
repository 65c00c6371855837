import { ComposerClosedElement } from './composer-closed.js';
import { KeysElement } from './keys.js';
import { MenuElement } from './message-menu.js';
import { NewRoomElement } from './new-room.js';
import { PeopleElement } from './people.js';
import { ProfileElement } from './profile.js';
import { RoomHeaderElement } from './room-header.js';
import { RoomSettingsElement } from './room-settings.js';
import { SearchElement } from './search.js';
import { SidebarElement } from './sidebar.js';
import { SwitcherElement } from './switcher.js';
import { TimelineElement } from './timeline.js';
import { ToastElement } from './toast.js';
import { TypingElement } from './typing.js';

/** Makes those of the page's own elements known to the browser that are not needed to say a name, or to write. */
export function defineElements() {
    customElements.define('warung-room-settings', RoomSettingsElement);
    customElements.define('warung-room-header', RoomHeaderElement);
    customElements.define('warung-keys', KeysElement);
    customElements.define('warung-new-room', NewRoomElement);
    customElements.define('warung-menu', MenuElement);
    customElements.define('warung-people', PeopleElement);
    customElements.define('warung-switcher', SwitcherElement);
    customElements.define('warung-profile', ProfileElement);
    customElements.define('warung-search', SearchElement);
    customElements.define('warung-composer-closed', ComposerClosedElement);
    customElements.define('warung-sidebar', SidebarElement);
    customElements.define('warung-timeline', TimelineElement);
    customElements.define('warung-toast', ToastElement);
    customElements.define('warung-typing', TypingElement);
}
