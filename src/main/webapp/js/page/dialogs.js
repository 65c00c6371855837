import { onAction } from '../elements/actions.js';
import { DirectoryElement } from '../elements/directory.js';
import { ActivityElement } from '../elements/activity.js';
import { KeysElement } from '../elements/keys.js';
import { MenuElement } from '../elements/message-menu.js';
import { NewRoomElement } from '../elements/new-room.js';
import { PeopleElement } from '../elements/people.js';
import { ProfileElement } from '../elements/profile.js';
import { RoomSettingsElement } from '../elements/room-settings.js';
import { SearchElement } from '../elements/search.js';
import { SwitcherElement } from '../elements/switcher.js';
import { isDirect } from '../model/room-list.js';
import { startActivity } from './activity.js';
import { client, element, navigation, rooms, settings } from './app.js';
import { FIRST_ROOM } from './navigation.js';
import { startNewcomer } from './newcomer.js';
import { peopleSearch } from './people-search.js';
import { startPerson } from './person.js';
import { startPicker } from './picker.js';
import { startProfile } from './profile.js';

/** Roles of the whole server that appoint moderators in all rooms. */
const MAY_APPOINT = new Set(['moderator', 'administrator']);

const searchPeople = peopleSearch({ client, rooms, offer: (...found) => openChoice().offerPeople(...found) });

/** Defines the dialogs, and starts the handlers of their actions. */
export function startDialogs() {
    defineElements();
    onAction('switcher', () => openSwitcher());
    onAction('directory', openDirectory);
    onAction('write', () => openSwitcher(true));
    onAction('search-people', searchPeople);
    onAction('more-rooms', () => rooms.more());
    onAction('direct', direct);
    onAction('new-room', (name) => element('warung-new-room').show(name ?? ''));
    onAction('create', create);
    onAction('room-settings', () => element('warung-room-settings').show(here()));
    onAction('describe', describe);
    onAction('archive', (archived) =>
        attempt(element('warung-room-settings'), () => client.change(navigation.room.name, { archived })),
    );
    onAction('mute', mute);
    onAction('leave-room', leave);
    onAction('people', people);
    onAction('add-member', ({ id }) => member(() => client.add(navigation.room.name, id)));
    onAction('remove-member', ({ id }) => member(() => client.removeMember(navigation.room.name, id)));
    onAction('appoint', ({ person, on }) => member(() => client.appoint(navigation.room.name, person.id, on)));
    onAction('search', search);
    onAction('message', (seq) => navigation.go(navigation.room.name, seq));
    onAction('keys', () => element('warung-keys').open());
    onAction('menu', ({ row, actions, box, at }) => {
        const { room } = row.entry ?? {};
        if (room == null || room === navigation.room.name) element('warung-menu').show(row, actions, box, at);
    });
    // What it would do, it would do in the room that is shown now.
    navigation.on('moved', ({ left }) => left !== navigation.room && element('warung-menu').close());
    rooms.on('changed', update);
    startProfile();
    startNewcomer();
    startActivity();
    startPicker();
    startPerson();
}

function defineElements() {
    customElements.define('warung-room-settings', RoomSettingsElement);
    customElements.define('warung-directory', DirectoryElement);
    customElements.define('warung-keys', KeysElement);
    customElements.define('warung-new-room', NewRoomElement);
    customElements.define('warung-menu', MenuElement);
    customElements.define('warung-people', PeopleElement);
    customElements.define('warung-switcher', SwitcherElement);
    customElements.define('warung-profile', ProfileElement);
    customElements.define('warung-search', SearchElement);
    customElements.define('warung-activity', ActivityElement);
}

/** Shows in open dialogs what has changed. */
function update() {
    element('warung-room-settings').update(here());
    element('warung-people').update();
    if (element('warung-switcher').isOpen) element('warung-switcher').rooms = rooms.all;
}

/** Opens the choice of rooms and people, or of `people` alone. */
function openSwitcher(people = false) {
    element('warung-switcher').show({ rooms: rooms.all, here: navigation.room }, people);
    rooms.refresh();
    searchPeople('');
}

function openDirectory() {
    const find = (asked) => client.findRooms(asked);
    element('warung-directory').show({ find, readOnly: navigation.room.readOnly });
}

/** Returns the dialog where people are chosen now: members of the room, or someone to go to. */
function openChoice() {
    return element('warung-people').isOpen ? element('warung-people') : element('warung-switcher');
}

/** Calls `act` and closes the dialog, or shows the error there. Resolves with true on success. */
async function attempt(dialog, act) {
    try {
        await act();
        dialog.close();
        return true;
    } catch (fault) {
        dialog.fault = fault;
        return false;
    }
}

async function direct({ id }) {
    let name = null;
    const begin = async () => await rooms.learn((name = await client.direct(id)));
    if (!(await attempt(element('warung-person-card').isOpen ? element('warung-person-card') : openChoice(), begin)))
        return;
    element('warung-people').close();
    navigation.go(name);
}

/** Creates a room, to which the server gives a name if none is chosen, and goes there. */
async function create({ name, title, topic, access }) {
    const about = { access, topic, title };
    let made = name;
    const make = async () => {
        if (name) await client.create(name, about);
        else made = await client.createNamed(about);
        await rooms.learn(made);
    };
    if (await attempt(element('warung-new-room'), make)) navigation.go(made);
}

/** Changes of the title and the topic what has changed. */
function describe({ title, topic }) {
    const { room } = navigation;
    return attempt(element('warung-room-settings'), async () => {
        if (title !== room.title) await client.change(room.name, { title });
        if (topic !== room.topic) await client.change(room.name, { topic });
    });
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
    const { starred, rooms: others, unread } = rooms.list;
    const [next] = [...starred, ...others, ...unread].filter((other) => other !== room && !isDirect(other));
    navigation.go(next?.name ?? FIRST_ROOM);
}

function people() {
    const { room } = navigation;
    element('warung-people').show({ room, me: client.user });
    if (room.access === 'members') member(() => {});
    else showKnown().catch((fault) => console.warn('The moderators could not be read.', fault)); // some rooms have none
}

/** Changes who is a member or a moderator, and shows all of them again. */
async function member(act) {
    const dialog = element('warung-people');
    dialog.fault = null;
    try {
        await act();
        await showKnown();
    } catch (fault) {
        dialog.fault = fault;
    }
}

/** Shows the members and moderators of the room, whom its creator and the moderators of the server appoint. */
async function showKnown() {
    const { name } = navigation.room;
    const { members, moderators, owner } = await client.room(name);
    const appoints = owner === client.user.id || client.grant.roles.some((role) => MAY_APPOINT.has(role));
    if (navigation.room.name === name) element('warung-people').known = { members, moderators, owner, appoints };
}

/** Opens the search in the current room. */
function search() {
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
