import { onAction } from '../elements/actions.js';
import { PersonCardElement } from '../elements/person-card.js';
import { closedReason } from '../model/permissions.js';
import { client, element, navigation } from './app.js';

/** How many of those who are in a room are asked for at once. */
const PAGE = 100;

const card = () => element('warung-person-card');
let wanted = null;
let asking = false;

/** Starts the cards of people, mentions from there, and the list of those who are in a large room. */
export function startPerson() {
    customElements.define('warung-person-card', PersonCardElement);
    onAction('person', show);
    onAction('mention', mention);
    onAction('look-here', look);
    navigation.on('moved', ({ left }) => left !== navigation.room && card().close());
}

/** Shows what is known of a person, and then what the server says. */
async function show({ person, box }) {
    const { room } = navigation;
    card().show({
        person,
        box,
        own: person.id === client.user?.id,
        canWrite: !room.readOnly && room.with?.id !== person.id,
        canMention: closedReason(room) == null,
    });
    try {
        card().tell(person.id, await client.person(person.id));
    } catch (fault) {
        console.warn('Nothing more is known of this person.', fault);
    }
}

function mention(person) {
    card().close();
    element('warung-people').close();
    element('warung-composer').mention(person);
}

/** Asks who is in the room; what is typed while the server is asked is asked for next, the latest of it. */
async function look(query) {
    wanted = query;
    if (asking) return;
    asking = true;
    while (wanted) await ask(wanted);
    asking = false;
}

async function ask({ q, after }) {
    const dialog = element('warung-people');
    const { name } = navigation.room;
    wanted = null;
    try {
        const { people, next } = await client.here(name, { q, after, limit: PAGE });
        if (name === navigation.room.name) dialog.tellHere({ q, after, people, next });
    } catch (fault) {
        dialog.fault = fault;
    }
}
