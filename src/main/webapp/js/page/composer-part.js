import { ComposerElement } from '../elements/composer.js';
import { element, settings } from './environment.js';
import { roomWanted } from './navigation.js';
import { startWriting, writeIn } from './writing.js';

/** Where one writes, though the room is still on its way. */
export function startComposerPart() {
    customElements.define('warung-composer', ComposerElement);
    startWriting();
    writeIn({ name: roomWanted(settings.place) });
    if (!element('#room').hidden) element('warung-composer').focus();
}
