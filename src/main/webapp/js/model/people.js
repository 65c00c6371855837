import { fold } from './text.js';

/**
 * Returns those of `people` (`{id, name}`) with a word in their name where `word`, which may go on after a space,
 * starts; each once: exact matches first, then in their order.
 */
export function peopleFor(word, people) {
    const begin = fold(word);
    const fits = ({ name }) => ` ${fold(name)}`.replace(/\s+/g, ' ').includes(` ${begin}`);
    const seen = new Set();
    const so = ({ name }) => Number(fold(name) === begin);
    return people
        .filter((person) => fits(person) && !seen.has(person.id) && seen.add(person.id))
        .sort((a, b) => so(b) - so(a));
}

/** True when `word` is the whole name of one of `people`. */
export function isWhole(word, people) {
    const name = fold(word.trimEnd());
    return people.some((person) => fold(person.name) === name);
}

/**
 * Returns a function from an id to the names that this user has had, as far as the room shows them: in its roster, with
 * its entries, and `me`. They are collected at the first call.
 */
export function namesIn({ roster, timeline }, me) {
    let names = null;
    const all = () => {
        const found = new Map();
        const users = timeline.entries.flatMap(({ from, user }) => [from, user]);
        for (const { id, name } of [...users, ...roster.here, me].filter(Boolean))
            found.set(id, (found.get(id) ?? new Set()).add(name));
        return found;
    };
    return (id) => [...((names ??= all()).get(id) ?? [])];
}
