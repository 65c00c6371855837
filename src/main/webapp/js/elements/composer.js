import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { ComposerState } from '../model/composer-state.js';
import { caretIn } from '../model/draft.js';
import { isInFence } from '../model/fence.js';
import { Completion } from './completion.js';
import { h, insert, PageElement } from './dom.js';
import { sendIcon, smileIcon } from './icons.js';
import { isComposing, isTouch } from './intent.js';
import { ReplyBar } from './reply-bar.js';

const WARN_BELOW = 200;

/**
 * The message composer. Enter sends, Shift+Enter starts a new line; on a touch screen, and in code that is not closed
 * yet, Enter starts a new line, and the button or Ctrl+Enter sends. While an input method composes, Enter belongs to
 * it.
 */
export class ComposerElement extends PageElement {
    #field;
    #send;
    #emoji;
    #count;
    #replyBar;
    #completion;
    #room = null;
    #state = new ComposerState();
    #most = 4_000;
    #composing = false;

    build() {
        this.#field = h('textarea', {
            rows: 1,
            dir: 'auto',
            enterkeyhint: isTouch() ? 'enter' : 'send',
            autocomplete: 'off',
            oninput: () => this.#written(),
            onkeydown: (event) => this.#pressed(event),
            oncompositionstart: () => (this.#composing = true),
            oncompositionend: () => this.#composed(),
            onblur: () => (this.#composing = false),
        });
        this.#count = h('output', { class: 'count', id: 'compose-count' });
        this.#send = h('button', { type: 'button', class: 'send', onclick: (event) => this.#post(event) }, sendIcon());
        this.#emoji = h(
            'button',
            { type: 'button', class: 'bare emoji-button', disabled: true, onclick: () => this.#pick() },
            smileIcon(),
        );
        this.#field.setAttribute('aria-describedby', 'compose-occasion compose-count');
        this.#replyBar = new ReplyBar('compose-occasion', {
            leave: () => this.#leave() || this.#forget(),
            resume: () => this.#resume(),
            call: (on) => this.#turnCall(on),
        });
        this.#completion = new Completion(this.#field, (person) => this.#state.choose(person));
        const field = h(
            'div',
            { class: 'field' },
            this.#replyBar.node,
            h('div', { class: 'line' }, this.#field, this.#emoji, this.#send),
        );
        this.append(this.#completion.node, field, this.#count);
        this.#show();
    }

    render() {
        this.#field.placeholder = t('compose.placeholder');
        this.#send.setAttribute('aria-label', t('compose.send'));
        this.#send.title = t('compose.send');
        this.#emoji.setAttribute('aria-label', t('compose.emoji'));
        this.#emoji.title = t('compose.emoji');
        if (this.#room) this.#field.setAttribute('aria-label', t('compose.label', { room: roomText(this.#room) }));
        this.#replyBar.render(this.#state);
        this.#measure();
    }

    /** Switches to `room`, which has at least a `name`. */
    open(room) {
        this.#room = room;
        this.#state = new ComposerState();
        this.#completion.reset();
        this.render();
        this.#show();
    }

    /** `{near, find, mayCall}`: whom a message can mention, as for `Completion`. Now the main part is there. */
    set people(people) {
        this.#emoji.disabled = false;
        this.#completion.people = people;
    }

    /**
     * Takes over what another page has written, with the caret at its place in the text; false while an input method
     * composes.
     */
    follow(draft) {
        if (this.#composing) return false;
        const { value, selectionEnd: caret } = this.#field;
        this.#state.follow(draft);
        this.#show(caretIn(this.#state.text, value, caret));
        return true;
    }

    /** Sets what is known of the current room by now: its title. */
    set room(room) {
        if (room.name !== this.#room?.name) return;
        this.#room = room;
        this.render();
    }

    /** Sets the maximum length of a message, in code points. */
    set most(chars) {
        this.#most = chars;
        this.#measure();
    }

    /** Starts a reply to the message `{seq, epoch, name, text, call}`. */
    answer(source) {
        this.#state.answer(source);
        this.#goOn();
    }

    /** Starts an edit of the user's message `{seq, epoch, text}`. */
    edit(message) {
        this.#state.edit(message);
        this.#goOn();
    }

    /** Puts a refused message back into the field, before the present text. */
    takeBack(draft) {
        this.#state.takeBack(draft);
        this.#goOn();
    }

    focus() {
        this.#field.focus();
    }

    /** Puts this in at the caret. */
    put(text) {
        const { selectionStart, selectionEnd } = this.#field;
        insert(this.#field, text, selectionStart, selectionEnd);
        this.#completion.close();
    }

    /** Mentions a person at the caret. */
    mention(person) {
        const { value, selectionStart } = this.#field;
        this.#state.choose(person);
        this.put(`${/(^|\s)$/.test(value.slice(0, selectionStart)) ? '' : ' '}@${person.name} `);
    }

    /** Receives a key that is being pressed: its text goes in at the caret and replaces nothing. */
    receive() {
        const { selectionEnd } = this.#field;
        this.#field.setSelectionRange(selectionEnd, selectionEnd);
        this.focus();
    }

    #pressed(event) {
        const { key } = event;
        if (isComposing(event) || this.#completion.takes(event)) return;
        if (key === 'PageUp' || key === 'PageDown') this.#pass(event, 'scroll', key === 'PageUp' ? -1 : 1);
        else if (key === 'Escape') this.#leave() || this.dispatch('latest');
        else if (key === 'ArrowUp' && !event.altKey && this.#field.value === '' && !this.#state.edited)
            this.#pass(event, 'edit-last');
        else if (key === 'Enter' && sends(event, this.#isInFence)) this.#post(event);
    }

    get #isInFence() {
        const { value, selectionEnd } = this.#field;
        return isInFence(value.slice(0, selectionEnd));
    }

    #pick() {
        this.dispatch('pick', { row: null, box: this.#emoji.getBoundingClientRect() });
    }

    #pass(event, name, detail) {
        event.preventDefault();
        this.dispatch(name, detail);
    }

    #post(event) {
        event.preventDefault();
        this.focus();
        if (this.#send.disabled) return;
        const action = this.#state.edited ? 'revise' : 'post';
        const said = this.#state.finish(this.#completion.known);
        this.dispatch(action, { room: this.#room.name, ...said, rest: this.#state.draft });
        this.#show();
    }

    #composed() {
        this.#composing = false;
        this.#completion.look();
        this.#keep();
    }

    #written() {
        this.#state.text = this.#field.value; // first of all, so that it is kept whatever happens
        if (!this.#composing) this.#completion.look();
        this.#fit();
        this.#keep();
        if (this.#field.value !== '' && !this.#state.edited) this.dispatch('typing');
    }

    /** Cancels the edit or the reply; true when there was one. */
    #leave() {
        const left = this.#state.leave();
        if (left) this.#goOn();
        return left;
    }

    /** Forgets a cancelled edit. */
    #forget() {
        this.#state.cancelled = null;
        this.#goOn();
    }

    #resume() {
        this.#state.resume();
        this.#goOn();
    }

    /** The reply calls its author, or not; the focus stays on the button. */
    #turnCall(on) {
        this.#state.call = on;
        this.#replyBar.render(this.#state);
        this.#keep();
    }

    #goOn() {
        this.#show();
        this.#keep();
        this.focus();
    }

    #keep() {
        this.dispatch('draft', { room: this.#room.name, draft: this.#state.draft });
    }

    /** Shows the state; the caret goes to the end, unless `at` is given. */
    #show(at) {
        // the same text again would end what can be undone
        if (this.#field.value !== this.#state.text) this.#field.value = this.#state.text;
        const caret = at ?? this.#state.text.length;
        this.#field.setSelectionRange(caret, caret);
        this.#completion.close();
        this.#replyBar.render(this.#state);
        this.#fit();
    }

    /** Fits the height to the text; the messages stay in place during the measurement. */
    #fit() {
        this.style.minHeight = `${this.offsetHeight}px`;
        this.#field.style.height = 'auto';
        const needed = this.#field.scrollHeight;
        if (needed > 0) this.#field.style.height = `${needed}px`;
        this.style.minHeight = '';
        this.#measure();
    }

    #measure() {
        const text = this.#field.value;
        const over = (text.length <= this.#most ? text.length : [...text].length) - this.#most;
        this.classList.toggle('over', over > 0);
        this.#send.disabled = over > 0 || text.trim() === '';
        const near = over > -WARN_BELOW;
        this.#count.textContent =
            over > 0 ? t('compose.over', { n: over }) : near ? t('compose.left', { n: -over }) : '';
    }
}

/**
 * True for an Enter that sends: an on-screen keyboard has no other key for a new line, and in code that is not closed
 * yet, one is wanted.
 */
function sends({ shiftKey, altKey, ctrlKey, metaKey }, inFence) {
    return !shiftKey && !altKey && (ctrlKey || metaKey || !(isTouch() || inFence));
}
