import { NOTHING } from './draft.js';
import { callIn, mentionsIn } from './mentions.js';

/**
 * The state of the composer: a new message, which may be a reply, or an edit of one of the user's messages. The new
 * message comes back after the edit.
 */
export class ComposerState {
    text = '';
    /** The people the user has chosen to mention, `{id, name}`. */
    people = [];
    /**
     * The message this replies to, `{seq, epoch, name, text, call}`, or null: a seq is only meaningful in the log of
     * its `epoch`. `call` says whether the reply calls the author, absent where it cannot.
     */
    reply = null;
    /** The message being edited, `{seq, epoch, text}` with its text in the log, or null. */
    edited = null;
    /** An edit with changes that was cancelled, to return to, as in the draft; or null. */
    cancelled = null;
    #begun = NOTHING;

    /** What is to be kept: the new message, and the edit as `edit`, `{seq, epoch, text, was}` with its text before. */
    get draft() {
        const { text, people, reply, edited } = this;
        return edited ? { ...this.#begun, edit: { ...edited, text, was: edited.text } } : { text, people, reply };
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

    /** Sets whether the reply calls the author of its message. */
    set call(call) {
        if (this.reply) this.reply = { ...this.reply, call };
    }

    /** Starts an edit, or returns to one: `was` is the text in the log, if `text` is another. */
    edit({ seq, epoch, text, was }) {
        this.cancelled = null;
        this.#stopEditing();
        this.#begun = this.draft;
        this.#take({ ...NOTHING, text });
        this.edited = { seq, epoch: epoch ?? null, text: was ?? text };
    }

    /** Returns to the edit that was cancelled. */
    resume() {
        if (this.cancelled) this.edit(this.cancelled);
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
     * Returns what is to be sent: `{seq, epoch, text, mentions, calls}` of an edit, or `{text, replyTo, call, epoch,
     * mentions, calls}`. The text may mention those who were chosen, and the `known` people, who include `EVERYBODY`
     * where the user may call. The composer is empty then, or has the new message again.
     */
    finish(known) {
        const text = this.text.trimEnd();
        const people = [...this.people, ...(known ?? [])];
        const called = mentionsIn(text, people);
        const mentions = called.length > 0 ? called : null;
        const calls = callIn(text, people);
        if (this.edited) {
            const said = { ...this.edited, text, mentions, calls };
            this.#endEditing();
            return said;
        }
        this.cancelled = null;
        const { seq: replyTo, epoch, call: calling } = this.reply ?? {};
        const call = calling === false ? false : null;
        const said = { text, replyTo: replyTo ?? null, call, epoch: epoch ?? null, mentions, calls };
        this.#take(NOTHING);
        return said;
    }

    /** Cancels the edit: what was changed is kept. */
    #stopEditing() {
        if (!this.edited) return;
        if (this.text.trim() !== '' && this.text !== this.edited.text) this.cancelled = this.draft.edit;
        this.#endEditing();
    }

    #endEditing() {
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
