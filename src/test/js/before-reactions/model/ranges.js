/** A set of integers, kept as sorted ranges `{from, to}` (both inclusive) that neither overlap nor touch. */
export class Ranges {
    #list = [];

    /** Adds `from` to `end`, or that number alone. */
    add(from, end) {
        const to = end ?? from;
        const last = this.#list.at(-1);
        if (last && from >= last.from && from <= last.to + 1) {
            last.to = Math.max(last.to, to);
            return;
        }
        const apart = (range) => range.to < from - 1 || range.from > to + 1;
        const joined = this.#list.filter((range) => !apart(range));
        const range = {
            from: Math.min(from, ...joined.map((each) => each.from)),
            to: Math.max(to, ...joined.map((each) => each.to)),
        };
        this.#list = this.#list.filter(apart);
        this.#list.push(range);
        this.#list.sort((a, b) => a.from - b.from);
    }

    /** Removes `from` to `end`, or that number alone. */
    remove(from, end) {
        const to = end ?? from;
        this.#list = this.#list.flatMap((range) =>
            [
                { from: range.from, to: Math.min(range.to, from - 1) },
                { from: Math.max(range.from, to + 1), to: range.to },
            ].filter((rest) => rest.from <= rest.to),
        );
    }

    clear() {
        this.#list = [];
    }

    /** Returns the range that contains `number`, or null. */
    rangeOf(number) {
        return this.#list.findLast((range) => range.from <= number && number <= range.to) ?? null;
    }

    has(number) {
        return this.rangeOf(number) != null;
    }

    toArray() {
        return this.#list.map((range) => ({ ...range }));
    }
}
