import { currentLanguage, formatOf, LANGUAGES, t } from '../i18n/i18n.js';
import { EmojiTable, toned, TONES } from '../model/emoji.js';
import { h } from './dom.js';
import { isComposing, isTouch } from './intent.js';
import { PopupElement } from './popup.js';

/** The emoji in a row. */
const COLUMNS = 8;
const TAGS = Object.keys(LANGUAGES);
const SIGNS = {
    recent: '🕘',
    smileys: '😀',
    people: '👋',
    animals: '🐻',
    food: '🍵',
    travel: '🛵',
    activities: '⚽',
    objects: '💡',
    symbols: '❤️',
    flags: '🏁',
};

/** A dialog to choose an emoji in: by group, by search, or one used lately; in any skin tone. */
export class EmojiPickerElement extends PopupElement {
    #tabs;
    #field;
    #tones;
    #grid;
    #hint;
    #name;
    #table = null;
    #group = null;
    #recent = [];
    #tone = 0;
    #failed = false;

    content() {
        const tab = (name) => h('button', { type: 'button', role: 'tab', 'data-group': name, text: SIGNS[name] });
        this.#tabs = h('div', { class: 'groups', role: 'tablist' }, ...Object.keys(SIGNS).map(tab));
        this.#tabs.addEventListener('click', ({ target }) => this.#toGroup(target.dataset.group));
        this.#tabs.addEventListener('keydown', (event) => this.#pressedInTabs(event));
        this.#field = h('input', {
            type: 'search',
            maxlength: 64,
            autocomplete: 'off',
            autocapitalize: 'none',
            spellcheck: false,
            oninput: () => this.#draw(),
            onkeydown: (event) => this.#pressedInField(event),
        });
        this.#grid = h('div', { class: 'grid', role: 'grid', id: 'emoji-grid' });
        this.#grid.addEventListener('click', ({ target }) => this.#choose(target.closest('[data-emoji]')));
        this.#grid.addEventListener('keydown', (event) => this.#pressedInGrid(event));
        for (const name of ['focusin', 'pointerover'])
            this.#grid.addEventListener(name, ({ target }) => this.#tell(target.closest('[data-emoji]')));
        this.#hint = h('p', { class: 'hint', role: 'status' });
        this.#name = h('span', { class: 'name', 'aria-hidden': 'true' });
        this.#tones = h('fieldset', { class: 'tones', onchange: ({ target }) => this.#toTone(Number(target.value)) });
        const foot = h('div', { class: 'foot' }, this.#name, this.#tones);
        return [this.#tabs, this.#field, h('div', { class: 'all' }, this.#hint, this.#grid), foot];
    }

    render() {
        this.dialog.setAttribute('aria-label', t('emoji.title'));
        this.#tabs.setAttribute('aria-label', t('emoji.groups'));
        for (const tab of this.#tabs.children) {
            tab.title = t(`emoji.${tab.dataset.group}`);
            tab.setAttribute('aria-label', tab.title);
        }
        this.#field.placeholder = t('emoji.search');
        this.#field.setAttribute('aria-label', t('emoji.search'));
        this.#grid.setAttribute('aria-label', t('emoji.title'));
        this.#tones.replaceChildren(
            h('legend', { class: 'unseen', text: t('emoji.tone') }),
            ...TONES.map((tone, i) =>
                h(
                    'label',
                    { title: t(`emoji.tone${i}`) },
                    h('input', { type: 'radio', name: 'emoji-tone', value: i, checked: i === this.#tone }),
                    h('span', { class: 'unseen', text: t(`emoji.tone${i}`) }),
                    h('span', { 'aria-hidden': 'true', text: `✋${tone}` }),
                ),
            ),
        );
        if (this.isOpen) this.#draw();
    }

    /** Opens beside `box`, with those used lately, the latest first, and the `tone` chosen last. */
    show({ box, recent, tone }) {
        this.#recent = recent;
        this.#tone = tone;
        this.#group = recent.length > 0 ? 'recent' : 'smileys';
        this.#field.value = '';
        this.#failed = false;
        this.open(box);
        this.render();
        this.fit();
        if (!isTouch()) this.#field.focus();
    }

    /** Sets what there is, as `EmojiTable` takes it; null if it could not be loaded. */
    set text(text) {
        const names = (code) => TAGS.map((tag) => formatOf('DisplayNames', [tag], { type: 'region' }).of(code));
        this.#failed = text == null;
        if (text) this.#table ??= new EmojiTable(text, names);
        this.#draw();
        this.fit();
    }

    get #cells() {
        return [...this.#grid.querySelectorAll('[data-emoji]')];
    }

    #draw() {
        const query = this.#field.value.trim();
        const group = query === '' ? this.#group : null;
        for (const tab of this.#tabs.children) {
            const selected = tab.dataset.group === group;
            tab.setAttribute('aria-selected', String(selected));
            tab.tabIndex = selected || (group == null && tab === this.#tabs.firstChild) ? 0 : -1;
        }
        const items = this.#table ? this.#itemsFor(query) : [];
        const cells = items.map((item) => this.#cell(item));
        const rows = [];
        for (let i = 0; i < cells.length; i += COLUMNS)
            rows.push(h('div', { role: 'row' }, ...cells.slice(i, i + COLUMNS)));
        this.#grid.hidden = rows.length === 0;
        this.#grid.replaceChildren(...rows);
        this.#grid.parentNode.scrollTop = 0;
        if (cells.length > 0) cells[0].tabIndex = 0;
        this.#hint.textContent = this.#words(items);
        this.#tell(null);
    }

    #itemsFor(query) {
        if (query !== '') return this.#table.find(query);
        if (this.#group !== 'recent') return this.#table.groups.find(({ name }) => name === this.#group).items;
        return this.#recent.map((emoji) => ({ ...this.#table.itemOf(emoji), emoji, tones: false }));
    }

    #words(items) {
        if (this.#failed) return t('emoji.failed');
        if (!this.#table) return t('emoji.loading');
        return items.length === 0 ? t('emoji.nothing') : '';
    }

    #cell(item) {
        const emoji = toned(item, this.#tone);
        const [name] = TAGS.flatMap((tag, i) => (tag === currentLanguage() ? [item.names?.[i]] : []));
        const label = item.sex ? t(`emoji.${item.sex}`, { name }) : (name ?? emoji);
        const given = { role: 'gridcell', tabindex: -1, 'data-emoji': emoji, 'aria-label': label, title: label };
        return h('span', given, emoji);
    }

    /** Says what the emoji is called that has the pointer or the focus. */
    #tell(cell) {
        this.#name.textContent = cell ? cell.title : '';
    }

    #toGroup(name) {
        if (!name) return;
        this.#group = name;
        this.#field.value = '';
        this.#draw();
    }

    #toTone(tone) {
        this.#tone = tone;
        this.dispatch('tone', tone);
        this.#draw();
    }

    #choose(cell) {
        if (cell) this.dispatch('picked', cell.dataset.emoji);
    }

    #pressedInTabs(event) {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const tabs = [...this.#tabs.children];
        if (event.key === 'ArrowDown') this.#field.focus();
        else if (by) {
            const tab = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
            this.#toGroup(tab.dataset.group);
            tab.focus();
        } else return;
        event.preventDefault();
    }

    #pressedInField(event) {
        if (isComposing(event)) return;
        const [first] = this.#cells;
        if (event.key === 'Enter') this.#choose(first);
        else if (event.key === 'ArrowDown' && first) this.#focus(first);
        else return;
        event.preventDefault();
    }

    #pressedInGrid(event) {
        const { key, ctrlKey, metaKey, altKey } = event;
        const cells = this.#cells;
        const at = cells.indexOf(event.target);
        const row = at - (at % COLUMNS);
        const all = ctrlKey || metaKey;
        const to = {
            ArrowLeft: at - 1,
            ArrowRight: at + 1,
            ArrowUp: at - COLUMNS,
            ArrowDown: Math.min(at + COLUMNS, cells.length - 1),
            Home: all ? 0 : row,
            End: all ? cells.length - 1 : Math.min(row + COLUMNS, cells.length) - 1,
        }[key];
        if (key === 'Enter' || key === ' ') {
            if (!event.repeat) this.#choose(event.target);
        } else if (to != null) this.#focus(to < 0 ? this.#field : (cells[to] ?? event.target));
        else if ([...key].length === 1 && !all && !altKey) return this.#field.focus(); // the letter goes there
        else return;
        event.preventDefault();
    }

    #focus(node) {
        if (node !== this.#field) for (const cell of this.#cells) cell.tabIndex = cell === node ? 0 : -1;
        node.focus();
    }
}
