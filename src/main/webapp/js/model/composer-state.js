import { NOTHING } from './draft.js';
import { mentionsIn } from './mentions.js';

/**
 * The state of the composer: a new message, which may be a reply, or an edit of one of the user's messages. The new
 * message comes back after the edit.
 */
export class ComposerState {
    text = '';
    /** The people the user has chosen to mention, `{id, name}`. */
    people = [];
    /**
     * The message this replies to, `{seq, epoch, name, text}`, or null: a seq is only meaningful in the log of its
     * `epoch`.
     */
    reply = null;
    /** The message being edited, `{seq, epoch, text}`, or null. */
    edited = null;
    #begun = NOTHING;

    /** What is to be kept: the new message, and the edit as `edit`, `{seq, epoch, text}`. */
    get draft() {
        const { text, people, reply, edited } = this;
        return edited ? { ...this.#begun, edit: { ...edited, text } } : { text, people, reply };
    }

    /** Replaces the state with this draft. */
    follow({ edit, ...begun }) {
        this.edited = null;
        this.#take(begun);
        if (edit) this.edit(edit);
    }

    /** The user has chosen to mention this person. */
    choose(person) {
        this.people = [...this.people, person];
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

    /** Cancels the edit, or else the reply; false when there was neither. */
    leave() {
        const left = this.edited != null || this.reply != null;
        if (this.edited) this.#stopEditing();
        else this.reply = null;
        return left;
    }

    /** Puts a refused message back, before the present text. */
    takeBack(draft) {
        this.#stopEditing();
        this.#take(joined(draft, this));
    }

    /**
     * Returns what is to be sent: `{seq, epoch, text, mentions}` of an edit, or `{text, replyTo, epoch, mentions}`. The
     * text may mention those who were chosen, and the `known` people. The composer is empty then, or has the new message
     * again.
     */
    finish(known) {
        const text = this.text.trimEnd();
        const called = mentionsIn(text, [...this.people, ...(known ?? [])]);
        const mentions = called.length > 0 ? called : null;
        if (this.edited) {
            const said = { ...this.edited, text, mentions };
            this.#stopEditing();
            return said;
        }
        const said = { text, replyTo: this.reply?.seq ?? null, epoch: this.reply?.epoch ?? null, mentions };
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
