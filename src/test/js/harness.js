/** The tests of one file, in the order they are written: `{name, run}`. */
export const tests = [];

/** A test: a sentence, and a function that throws when the sentence is not true. */
export function test(name, run) {
    tests.push({ name, run });
}

/** Throws unless both show the same JSON. */
export function same(actual, expected, about = '') {
    const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (is !== wanted) throw new Error(`${about}\n  is:     ${is}\n  wanted: ${wanted}`);
}

export function holds(condition, about) {
    if (!condition) throw new Error(about);
}

/** Random numbers that are the same for the same seed. */
export class Random {
    #state;

    constructor(seed) {
        this.#state = seed >>> 0;
    }

    /** From 0 to 1. */
    next() {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    }

    /** A whole number from 0 to `n` − 1. */
    below(n) {
        return Math.floor(this.next() * n);
    }

    pick(list) {
        return list[this.below(list.length)];
    }

    chance(probability) {
        return this.next() < probability;
    }

    shuffled(list) {
        const copy = [...list];
        for (let i = copy.length - 1; i > 0; i--) {
            const j = this.below(i + 1);
            [copy[i], copy[j]] = [copy[j], copy[i]];
        }
        return copy;
    }
}

/** Runs `property` with many seeds; a failure says with which. */
export async function always(rounds, property) {
    for (let seed = 1; seed <= rounds; seed++) {
        try {
            await property(new Random(seed));
        } catch (fault) {
            throw new Error(`seed ${seed}: ${fault.message}`, { cause: fault });
        }
    }
}
