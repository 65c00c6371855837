import { t } from '../i18n/i18n.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';
import { COMMAND_KEY, isTouch } from './intent.js';

const KEYS = [
    [['PageUp', 'PageDown'], 'keys.scroll', ' '],
    [['Esc'], 'keys.latest'],
    [[COMMAND_KEY, 'K'], 'keys.room'],
    [['Alt', '↑', '↓'], 'keys.neighbour', ' '],
    [['Alt', 'Shift', '↓'], 'keys.unread'],
    [[COMMAND_KEY, 'F'], 'keys.search'],
    [['↑', '↓'], 'keys.messages', ' '],
    [['Enter'], 'keys.menu'],
    [['Tab'], 'keys.links'],
    [['R'], 'keys.reply'],
    [['E'], 'keys.edit'],
    [['L', 'Enter'], 'keys.link', ' '],
    [['Del', 'Enter'], 'keys.delete', ' '],
    [['/'], 'keys.write'],
    [['?'], 'keys.sheet'],
];
const BY_KEYS = [
    [['Enter'], 'keys.send'],
    [['Shift', 'Enter'], 'keys.line'],
];
const BY_TOUCH = [
    [[COMMAND_KEY, 'Enter'], 'keys.send'],
    [['Enter'], 'keys.line'],
];
const WRITING = ['keys.bold', 'keys.italic', 'keys.strike', 'keys.named', 'keys.code', 'keys.quote', 'keys.list'];

/** The dialog that lists the keyboard shortcuts and the text formatting. */
export class KeysElement extends DialogElement {
    #keys;
    #hint;
    #heading;
    #writing;

    content() {
        this.#keys = h('dl', { class: 'keys' });
        this.#hint = h('p', { class: 'hint' });
        this.#heading = h('h3');
        this.#writing = h('ul', { class: 'writing' });
        return [this.#keys, this.#hint, this.#heading, this.#writing];
    }

    get heading() {
        return t('keys.title');
    }

    render() {
        super.render();
        this.#keys.replaceChildren(
            ...[...(isTouch() ? BY_TOUCH : BY_KEYS), ...KEYS].flatMap(([names, key, between]) => [
                h('dt', {}, ...chord(names, between ?? ' + ')),
                h('dd', { text: t(key) }),
            ]),
        );
        this.#hint.textContent = t('keys.typing');
        this.#heading.textContent = t('keys.format');
        this.#writing.replaceChildren(...WRITING.map((key) => h('li', { text: t(key) })));
    }
}

function chord(names, between) {
    return names.flatMap((name, i) => [i > 0 ? between : null, h('kbd', { text: name })]);
}
