import { sentence, t } from '../i18n/i18n.js';
import { h, PageElement } from './dom.js';
import { closeIcon } from './icons.js';
import { COMMAND_KEY, isTouch } from './intent.js';

/** A line at the composer that tells a new user what `@`, `:` and, where there are keys, Ctrl+K do. */
export class HintElement extends PageElement {
    /** Called when the user closes it. */
    onClose = () => {};
    #words = h('p');
    #close = h('button', { type: 'button', class: 'bare', onclick: () => this.onClose() }, closeIcon());

    build() {
        this.append(this.#words, this.#close);
    }

    render() {
        const keys = { at: '@', colon: ':', command: `${COMMAND_KEY}+K` };
        const pieces = sentence(isTouch() ? 'hint.touch' : 'hint.keys', keys);
        this.#words.replaceChildren(
            ...pieces.map((piece) => (typeof piece === 'string' ? piece : h('kbd', { text: piece.value }))),
        );
        this.#close.setAttribute('aria-label', t('notice.close'));
    }
}
