import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/rooms.js';
import { h, PageElement } from './dom.js';
import { sendIcon } from './icons.js';

const WARN_BELOW = 200;

/** Where one writes. Enter sends, Shift+Enter makes a line; while an input method composes, Enter belongs to it. */
export class ComposerElement extends PageElement {
    #field;
    #send;
    #count;
    #room = null;
    #most = 4_000;
    #composing = false;

    build() {
        this.#field = h('textarea', {
            rows: 1,
            dir: 'auto',
            enterkeyhint: 'send',
            autocomplete: 'off',
            oninput: () => this.#changed(),
            onkeydown: (event) => this.#pressed(event),
            oncompositionstart: () => (this.#composing = true),
            oncompositionend: () => (this.#composing = false),
            onblur: () => (this.#composing = false),
        });
        this.#count = h('output', { class: 'count', id: 'compose-count' });
        this.#send = h('button', { type: 'button', class: 'send', onclick: () => this.#post() }, sendIcon());
        this.#field.setAttribute('aria-describedby', 'compose-count');
        this.append(h('div', { class: 'field' }, this.#field, this.#send), this.#count);
        this.#changed(false);
    }

    say() {
        this.#field.placeholder = t('compose.placeholder');
        this.#send.setAttribute('aria-label', t('compose.send'));
        this.#send.title = t('compose.send');
        if (this.#room) this.#field.setAttribute('aria-label', t('compose.label', { room: roomText(this.#room) }));
        this.#measure();
    }

    /** Writes to `room`, beginning with its `draft`. */
    open(room, draft) {
        this.#room = room;
        this.#field.value = draft;
        this.say();
        this.#changed(false);
    }

    /** How long a message may be, in code points. */
    set most(chars) {
        this.#most = chars;
        this.#measure();
    }

    /** Puts a text back into the field, before what is there. */
    takeBack(text) {
        this.#field.value = [text, this.#field.value].filter(Boolean).join('\n');
        this.#changed();
        this.focus();
    }

    focus() {
        this.#field.focus();
    }

    #pressed(event) {
        if (event.key === 'PageUp' || event.key === 'PageDown') return this.#scroll(event);
        if (event.key === 'Escape') return this.ask('latest');
        if (event.key !== 'Enter' || event.shiftKey || event.altKey || this.#belongsToInputMethod(event)) return;
        event.preventDefault();
        this.#post();
    }

    /** Safari ends the composition before its last key comes (as 229); elsewhere `isComposing` may outlive the composition. */
    #belongsToInputMethod(event) {
        return event.keyCode === 229 || (event.isComposing && this.#composing);
    }

    #scroll(event) {
        event.preventDefault();
        this.ask('scroll', event.key === 'PageUp' ? -1 : 1);
    }

    #post() {
        const text = this.#field.value;
        this.focus();
        if (text.trim() === '' || this.#over() > 0) return;
        this.ask('post', text.trimEnd());
        this.#field.value = '';
        this.#changed(false);
    }

    #changed(byUser = true) {
        this.#grow();
        this.#measure();
        if (byUser) this.ask('draft', this.#field.value);
    }

    #grow() {
        this.#field.style.height = 'auto';
        const needed = this.#field.scrollHeight;
        if (needed > 0) this.#field.style.height = `${needed}px`;
    }

    #over() {
        const text = this.#field.value;
        return text.length <= this.#most ? text.length - this.#most : [...text].length - this.#most;
    }

    #measure() {
        const over = this.#over();
        this.classList.toggle('over', over > 0);
        this.#send.disabled = over > 0 || this.#field.value.trim() === '';
        const near = over > -WARN_BELOW;
        this.#count.textContent = over > 0 ? t('compose.over', { n: over }) : near ? t('compose.left', { n: -over }) : '';
    }
}
