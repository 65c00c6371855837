import { peopleFor } from '../model/people.js';
import { client, element, rooms } from './app.js';

let turn = 0;

/** Offers the people whom somebody may mean who typed `text`: at once those who are in the same rooms, then all others. */
export async function searchPeople(text) {
    const mine = ++turn;
    const name = text.replace(/^@/, '');
    const near = peopleFor(name, rooms.all.flatMap(({ roster, with: other }) => [...roster.here, ...(other ? [other] : [])]));
    offer(near);
    if (name === '') return;
    try {
        const found = await client.people(name);
        if (mine === turn) offer(peopleFor('', [...near, ...found]));
    } catch (fault) {
        console.warn('Nobody could be asked who there is.', fault);
    }
}

/** To whichever dialog is open. */
function offer(people) {
    const dialog = element('warung-people').isOpen ? element('warung-people') : element('warung-switcher');
    dialog.people = people.filter(({ id }) => id !== client.user?.id);
}
