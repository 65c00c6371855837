import { NOTHING } from './draft.js';
import { mentionsIn } from './people.js';

/**
 * What is being written: something new, which may answer a message, or in between a message of ours anew. What was
 * begun comes back when that is done.
 */
export class ComposerState {
    text = '';
    /** Whom the writer has chosen to call, `{id, name}`. */
    people = [];
    /**
     * The message this answers, `{seq, epoch, name, text}`, or null: a seq means something in the log of its `epoch`
     * only.
     */
    reply = null;
    /** The message that is written anew, `{seq, epoch, text}`, or null. */
    edited = null;
    #begun = NOTHING;

    /** What is to be kept: what was begun, and what is written anew as `edit`, `{seq, epoch, text}`. */
    get draft() {
        const { text, people, reply, edited } = this;
        return edited ? { ...this.#begun, edit: { ...edited, text } } : { text, people, reply };
    }

    /** Goes on with this draft instead. */
    follow({ edit, ...begun }) {
        this.edited = null;
        this.#take(begun);
        if (edit) this.edit(edit);
    }

    answer(source) {
        this.#stopEditing();
        this.reply = source;
    }

    edit(message) {
        this.#stopEditing();
        this.#begun = this.draft;
        this.#take({ ...NOTHING, text: message.text });
        this.edited = message;
    }

    /** Edits nothing any more, or else answers nothing; false when it did neither. */
    leave() {
        const left = this.edited != null || this.reply != null;
        if (this.edited) this.#stopEditing();
        else this.reply = null;
        return left;
    }

    /** What was not sent comes back, before what is there. */
    takeBack(draft) {
        this.#stopEditing();
        this.#take(joined(draft, this));
    }

    /**
     * It is said: `{seq, epoch, text}` of the message that was edited, or `{text, replyTo, epoch, mentions}`. Begins
     * anew, or goes on with what was begun.
     */
    finish() {
        const text = this.text.trimEnd();
        if (this.edited) {
            const said = { ...this.edited, text };
            this.#stopEditing();
            return said;
        }
        const mentions = mentionsIn(text, this.people);
        const said = {
            text,
            replyTo: this.reply?.seq ?? null,
            epoch: this.reply?.epoch ?? null,
            mentions: mentions.length > 0 ? mentions : null,
        };
        this.#take(NOTHING);
        return said;
    }

    #stopEditing() {
        if (!this.edited) return;
        this.edited = null;
        this.#take(this.#begun);
    }

    #take({ text, people, reply }) {
        Object.assign(this, { text, people, reply });
    }
}

function joined(before, after) {
    return {
        text: [before.text, after.text].filter(Boolean).join('\n'),
        people: [...(before.people ?? []), ...after.people],
        reply: before.reply ?? after.reply,
    };
}
