import { AboutElement } from './about.js';
import { BarElement } from './bar.js';
import { KeysElement } from './keys.js';
import { MakeElement } from './make.js';
import { MenuElement } from './menu.js';
import { PeopleElement } from './people.js';
import { PlacesElement } from './places.js';
import { ProfileElement } from './profile.js';
import { SearchElement } from './search.js';
import { ShutElement } from './shut.js';
import { SidebarElement } from './sidebar.js';
import { TimelineElement } from './timeline.js';
import { ToastElement } from './toast.js';
import { TypingElement } from './typing.js';

/** Makes those of the page's own elements known to the browser that are not needed to say a name, or to write. */
export function defineElements() {
    customElements.define('warung-about', AboutElement);
    customElements.define('warung-bar', BarElement);
    customElements.define('warung-keys', KeysElement);
    customElements.define('warung-make', MakeElement);
    customElements.define('warung-menu', MenuElement);
    customElements.define('warung-people', PeopleElement);
    customElements.define('warung-places', PlacesElement);
    customElements.define('warung-profile', ProfileElement);
    customElements.define('warung-search', SearchElement);
    customElements.define('warung-shut', ShutElement);
    customElements.define('warung-sidebar', SidebarElement);
    customElements.define('warung-timeline', TimelineElement);
    customElements.define('warung-toast', ToastElement);
    customElements.define('warung-typing', TypingElement);
}
