import { fold } from './fold.js';

const MOST_MENTIONS = 16;

/** Those of `people` (`{id, name}`) of whose name a word begins with `word`, each once, in their order. */
export function peopleFor(word, people) {
    const begin = fold(word);
    const fits = ({ name }) => fold(name).startsWith(begin) || fold(name).split(/\s+/).some((part) => part.startsWith(begin));
    const seen = new Set();
    return people.filter((person) => fits(person) && !seen.has(person.id) && seen.add(person.id));
}

/** The ids of those of `people` whom the text calls by `@name`. */
export function mentionsIn(text, people) {
    let rest = text;
    const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
    const called = longestFirst.filter(({ name }) => {
        const parts = rest.split(`@${name}`);
        rest = parts.join('\n');
        return parts.length > 1;
    });
    return [...new Set(called.map(({ id }) => id))].slice(0, MOST_MENTIONS);
}
