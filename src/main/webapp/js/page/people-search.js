import { peopleFor } from '../model/people.js';

/**
 * Looks for people: the returned function calls `offer(people)` with those whom somebody may mean who typed `text`, at
 * once with those who are in the same rooms, then with all others, unless something else was typed meanwhile. Our user
 * is none of them.
 */
export function peopleSearch({ client, rooms, offer }) {
    let turn = 0;
    const offerOthers = (people) => offer(people.filter(({ id }) => id !== client.user?.id));
    return async (text) => {
        const mine = ++turn;
        const name = text.replace(/^@/, '');
        const near = peopleFor(
            name,
            rooms.all.flatMap(({ roster, with: other }) => [...roster.here, ...(other ? [other] : [])]),
        );
        offerOthers(near);
        if (name === '') return;
        try {
            const found = await client.people(name);
            if (mine === turn) offerOthers(peopleFor('', [...near, ...found]));
        } catch (fault) {
            console.warn('Nobody could be asked who there is.', fault);
        }
    };
}
