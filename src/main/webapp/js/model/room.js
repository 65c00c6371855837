import { Timeline } from './timeline.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** One room as this client sees it: its timeline, and whether the server is sending us what happens in it. */
export class Room {
    joined = false;
    /** True while a page of history is on its way; the other when the last one did not come. */
    reading = false;
    readingFailed = false;
    /** The head of the log when we first came in: what lies beyond is new to the reader. */
    backlog = 0;
    #backlogKnown = false;

    constructor(name, last) {
        this.name = name;
        this.last = last;
        this.timeline = new Timeline(last);
    }

    static isName(text) {
        return NAME.test(text);
    }

    /** The command that goes on where we are. */
    get join() {
        const position = this.timeline.position;
        return position
            ? { type: 'join', room: this.name, epoch: position.epoch, after: position.after }
            : { type: 'join', room: this.name, last: this.last };
    }

    /** Takes an event of this room in; true when there is something new to show. */
    apply(event) {
        const wasJoined = this.joined;
        if (event.type === 'joined') this.joined = true;
        if (event.type === 'left') this.joined = false;
        if (event.type === 'reset') this.#backlogKnown = false;
        if (event.type === 'joined' && !this.#backlogKnown) {
            this.backlog = event.head;
            this.#backlogKnown = true;
        }
        return this.timeline.apply(event) || this.joined !== wasJoined;
    }
}
