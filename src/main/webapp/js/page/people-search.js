import { peopleFor } from '../model/people.js';

/**
 * Returns a function that finds people for `text`: it calls `offer(people, searched)` at once with matches from the
 * same rooms, then with all others as well, and `searched`, unless the text has changed meanwhile. The user is not
 * among them.
 */
export function peopleSearch({ client, rooms, offer }) {
    let turn = 0;
    const offerOthers = (people, searched) =>
        offer(
            people.filter(({ id }) => id !== client.user?.id),
            searched,
        );
    return async (text) => {
        const mine = ++turn;
        const name = text.replace(/^@/, '');
        const near = peopleFor(
            name,
            rooms.all.flatMap(({ roster, with: other }) => [...roster.here, ...(other ? [other] : [])]),
        );
        offerOthers(near, false);
        if (name === '') return;
        try {
            const found = await client.people(name);
            if (mine === turn) offerOthers(peopleFor('', [...near, ...found]), true);
        } catch (fault) {
            console.warn('Nobody could be asked who there is.', fault);
        }
    };
}
