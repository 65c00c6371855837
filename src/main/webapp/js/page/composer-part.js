import { ComposerElement } from '../elements/composer.js';
import { Drafts } from './drafts.js';
import { element, scope, settings } from './environment.js';
import { roomWanted } from './navigation.js';

/** What is written on this page. */
export const drafts = new Drafts({ scope, composer: () => element('warung-composer') });

/** Where one writes, though the room is still on its way. */
export function startComposerPart() {
    customElements.define('warung-composer', ComposerElement);
    drafts.start();
    drafts.open({ name: roomWanted(settings.place) });
    if (!element('#room').hidden) element('warung-composer').focus();
}
