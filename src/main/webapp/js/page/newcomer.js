import { HintElement } from '../elements/hint.js';
import { isListed } from '../model/room-list.js';
import { client, element, navigation, rooms, settings } from './app.js';
import { openRooms } from './open-rooms.js';

/** Somebody in fewer rooms than this may like to see others. */
const FEW = 2;

/** Starts what a new user sees: open rooms, and hints at the composer until they are closed or the user has written. */
export function startNewcomer() {
    if (!settings.hinted) hint();
    suggest();
}

function hint() {
    customElements.define('warung-hint', HintElement);
    const node = document.createElement('warung-hint');
    const stop = client.on('message', ({ message, fresh }) => fresh && message.from.id === client.user?.id && end());
    node.onClose = () => {
        end();
        element('warung-composer').focus();
    };
    element('warung-composer').append(node);

    function end() {
        stop();
        settings.hinted = true;
        node.remove();
    }
}

/** Shows public rooms in the sidebar, once it is known that the user is in no other, until they are in some. */
async function suggest() {
    await new Promise((resolve) => {
        if (rooms.asked) return resolve();
        const stop = rooms.on('changed', () => rooms.asked && (stop(), resolve()));
    });
    if (others().length > 0) return;
    try {
        const { rooms: found } = await client.findRooms({ sort: 'latest' });
        let shown = null;
        const draw = () => {
            const few = others().length < FEW ? found.filter(({ room }) => !isShown(room)) : [];
            const names = few.map(({ room }) => room).join(' ');
            if (names !== shown) element('warung-sidebar').suggest(openRooms(few));
            shown = names;
        };
        rooms.on('changed', draw);
        draw();
    } catch (fault) {
        console.warn('No rooms can be suggested.', fault);
    }
}

/** The rooms of the user that are not in front of them. */
function others() {
    return rooms.all.filter((room) => room !== navigation.room && isListed(room));
}

/** True for rooms that are in the lists of the sidebar. */
function isShown(name) {
    const room = client.find(name);
    return room != null && (room === navigation.room || Boolean(isListed(room)));
}
