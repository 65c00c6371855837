import { ComposerElement } from '../elements/composer.js';
import { Drafts } from './drafts.js';
import { element, focusField, scope, settings } from './environment.js';
import { roomWanted } from './navigation.js';

/** The drafts of this page. */
export const drafts = new Drafts({ scope, composer: () => element('warung-composer') });

/** Starts the composer, even though the room is still loading. */
export function startComposerPart() {
    customElements.define('warung-composer', ComposerElement);
    drafts.start();
    drafts.open({ name: roomWanted(settings.place) });
    if (!element('#room').hidden) focusField();
}
