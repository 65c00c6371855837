/** Time that passes when told to. */
export class ManualClock {
    #now = 0;
    #timers = new Map();
    #last = 0;

    /** What a connection needs of its surroundings. */
    get env() {
        return {
            now: () => this.#now,
            setTimeout: (run, ms) => {
                this.#timers.set(++this.#last, { run, at: this.#now + ms });
                return this.#last;
            },
            clearTimeout: (timer) => this.#timers.delete(timer),
        };
    }

    get timers() {
        return this.#timers.size;
    }

    get nextInMs() {
        return Math.min(...[...this.#timers.values()].map(({ at }) => at)) - this.#now;
    }

    pass(ms) {
        const end = this.#now + ms;
        for (;;) {
            const due = [...this.#timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0];
            if (!due) break;
            this.#timers.delete(due[0]);
            this.#now = due[1].at;
            due[1].run();
        }
        this.#now = end;
    }
}
