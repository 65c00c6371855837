import { onAction } from '../elements/actions.js';
import { client, element, navigation, rooms, settings } from './app.js';
import { FIRST_ROOM } from './navigation.js';
import { peopleSearch } from './people-search.js';

const searchPeople = peopleSearch({ client, rooms, offer: (...found) => openChoice().offerPeople(...found) });

/** Starts the handlers of actions on rooms and people, from dialogs and elsewhere. */
export function startDialogs() {
    onAction('switcher', () => openSwitcher());
    onAction('write', () => openSwitcher(true));
    onAction('search-people', searchPeople);
    onAction('more-rooms', () => rooms.more());
    onAction('room', (name) => navigation.go(name));
    onAction('place', ({ room, seq }) => navigation.go(room, seq));
    onAction('direct', direct);
    onAction('new-room', (name) => element('warung-new-room').show(name ?? ''));
    onAction('create', create);
    onAction('room-settings', () => element('warung-room-settings').show(here()));
    onAction('topic', (topic) =>
        attempt(element('warung-room-settings'), () => client.change(navigation.room.name, { topic })),
    );
    onAction('archive', (archived) =>
        attempt(element('warung-room-settings'), () => client.change(navigation.room.name, { archived })),
    );
    onAction('mute', mute);
    settings.onChange('muted', () => rooms.emit('changed'));
    for (const name of ['notify', 'sound'])
        settings.onChange(name, () => (element('warung-profile').attention = settings));
    onAction('leave-room', leave);
    onAction('people', people);
    onAction('add-member', ({ id }) => member(() => client.add(navigation.room.name, id)));
    onAction('remove-member', ({ id }) => member(() => client.removeMember(navigation.room.name, id)));
    onAction('profile', () => openProfile(client.user.name));
    onAction('search', search);
    onAction('message', (seq) => navigation.go(navigation.room.name, seq));
    onAction('keys', () => element('warung-keys').open());
}

/** Opens the choice of rooms and people, or of `people` alone. */
export function openSwitcher(people = false) {
    element('warung-switcher').show({ rooms: rooms.all, here: navigation.room }, people);
    rooms.refresh();
    searchPeople('');
}

/** Returns the dialog where people are chosen now: members of the room, or someone to go to. */
function openChoice() {
    return element('warung-people').isOpen ? element('warung-people') : element('warung-switcher');
}

/** Opens the settings; `refused` when the requested name was not accepted. */
export function openProfile(name, refused = false) {
    const dialog = element('warung-profile');
    dialog.attention = settings;
    dialog.show(name, refused);
}

/** Calls `act` and closes the dialog, or shows the error there. Resolves with true on success. */
async function attempt(dialog, act) {
    try {
        await act();
        dialog.close();
        return true;
    } catch (fault) {
        dialog.fault = fault.code;
        return false;
    }
}

async function direct({ id }) {
    try {
        const name = await client.direct(id);
        await rooms.learn(name);
        navigation.go(name);
    } catch (fault) {
        openSwitcher(true);
        element('warung-switcher').fault = fault.code;
    }
}

async function create({ name, topic, access }) {
    if (await attempt(element('warung-new-room'), () => client.create(name, { access, topic }))) navigation.go(name);
}

function here() {
    const { room } = navigation;
    return { room, muted: settings.muted.has(room.name) };
}

function mute(silent) {
    settings.mute(navigation.room.name, silent);
    rooms.emit('changed');
}

/** Leaves the room and goes to the first one the user is still in. */
async function leave() {
    const { room } = navigation;
    if (!(await attempt(element('warung-room-settings'), () => client.leaveRoom(room.name)))) return;
    const [next] = rooms.list.rooms.filter((other) => other !== room);
    navigation.go(next?.name ?? FIRST_ROOM);
}

function people() {
    element('warung-people').show({ room: navigation.room, me: client.user });
    if (navigation.room.access === 'members') member(() => {});
}

/** Changes a member, and shows all members again. */
async function member(act) {
    const dialog = element('warung-people');
    const { name } = navigation.room;
    dialog.fault = null;
    try {
        await act();
        const { members } = await client.room(name);
        if (navigation.room.name === name) dialog.members = members;
    } catch (fault) {
        dialog.fault = fault.code;
    }
}

/** Opens the search in the current room. */
export function search() {
    const { room } = navigation;
    element('warung-search').show(room, (query, before) => find(room, query, before));
}

/** Finds messages. Those around a hit may have been edited since: loaded ones are up to date. */
async function find(room, query, before) {
    const now = (entry) => room.timeline.at(entry.seq) ?? entry;
    const hits = await client.search(room.name, query, before);
    const shown = hits.map(({ entry, around }) => ({ entry, around: around.map(now) }));
    return Object.assign(shown, { more: hits.more, incomplete: hits.incomplete });
}
