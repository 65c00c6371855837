import { FIRST_ROOM } from './address.js';
import { client, element, onWish, rooms, settings, visit } from './parts.js';
import { seek } from './seek.js';

/** What is wanted of rooms and people, in the sheets and elsewhere. */
export function startSheets() {
    onWish('places', () => openPlaces());
    onWish('write', () => openPlaces(true));
    onWish('seek', seek);
    onWish('more-rooms', () => rooms.more());
    onWish('room', (name) => visit.go(name));
    onWish('place', ({ room, seq }) => visit.go(room, seq));
    onWish('direct', direct);
    onWish('make', (name) => element('warung-make').show(name ?? ''));
    onWish('create', create);
    onWish('about', () => element('warung-about').show(here()));
    onWish('topic', (topic) => attempt(element('warung-about'), () => client.change(visit.room.name, { topic })));
    onWish('archive', (archived) => attempt(element('warung-about'), () => client.change(visit.room.name, { archived })));
    onWish('mute', mute);
    settings.onChange('muted', () => rooms.emit('changed'));
    for (const name of ['notify', 'sound']) settings.onChange(name, () => (element('warung-profile').attention = settings));
    onWish('leave-room', leave);
    onWish('people', people);
    onWish('add-member', ({ id }) => member(() => client.add(visit.room.name, id)));
    onWish('remove-member', ({ id }) => member(() => client.removeMember(visit.room.name, id)));
    onWish('profile', () => openProfile(client.user.name));
    onWish('keys', () => element('warung-keys').open());
}

/** Opens the choice of rooms and people, or of `people` alone. */
export function openPlaces(people = false) {
    element('warung-places').show({ rooms: rooms.all, here: visit.room }, people);
    rooms.refresh();
    seek('');
}

/** Opens the settings; `refused` when the name that was asked for is none. */
export function openProfile(name, refused = false) {
    const sheet = element('warung-profile');
    sheet.attention = settings;
    sheet.show(name, refused);
}

/** Does it, and closes the sheet; what went wrong is said there. Resolves with true when it was done. */
async function attempt(sheet, act) {
    try {
        await act();
        sheet.close();
        return true;
    } catch (fault) {
        sheet.fault = fault.code;
        return false;
    }
}

async function direct({ id }) {
    try {
        const name = await client.direct(id);
        await rooms.learn(name);
        visit.go(name);
    } catch (fault) {
        openPlaces(true);
        element('warung-places').fault = fault.code;
    }
}

async function create({ name, topic, access }) {
    if (await attempt(element('warung-make'), () => client.create(name, { access, topic }))) visit.go(name);
}

function here() {
    const { room } = visit;
    return { room, muted: settings.muted.has(room.name) };
}

function mute(silent) {
    settings.mute(visit.room.name, silent);
    rooms.emit('changed');
}

/** Goes to the first room one is still in. */
async function leave() {
    const { room } = visit;
    if (!(await attempt(element('warung-about'), () => client.leaveRoom(room.name)))) return;
    const [next] = rooms.list.rooms.filter((other) => other !== room);
    visit.go(next?.name ?? FIRST_ROOM);
}

function people() {
    element('warung-people').show({ room: visit.room, me: client.user });
    if (visit.room.access === 'members') member(() => {});
}

/** Does something about a member, and shows all members anew. */
async function member(act) {
    const sheet = element('warung-people');
    const { name } = visit.room;
    sheet.fault = null;
    try {
        await act();
        const { members } = await client.room(name);
        if (visit.room.name === name) sheet.members = members;
    } catch (fault) {
        sheet.fault = fault.code;
    }
}
