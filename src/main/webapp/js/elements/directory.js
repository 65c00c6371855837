import { whenText } from '../i18n/dates.js';
import { t } from '../i18n/i18n.js';
import { namesakesIn } from '../model/room-list.js';
import { Combobox } from './combobox.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';
import { hashIcon, lockIcon, peopleIcon, starIcon } from './icons.js';

/** How long the user must pause in typing before the server is asked. */
const PAUSE_MS = 250;
const SORTS = ['latest', 'name'];
/** A name that the server has made up says nothing. */
const MADE_UP = /^r-[0-9a-z]{8}$/;

/** The dialog that lists all rooms the user may read: sorted and searched by the server, and loaded in pages. */
export class DirectoryElement extends DialogElement {
    #label;
    #combobox;
    #sort;
    #make;
    #find = null;
    #rooms = [];
    #next = null;
    /** True while a page is loading. */
    #asking = false;
    /** The number of the current search: pages of earlier ones come too late. */
    #turn = 0;
    #timer = null;

    content() {
        this.#label = h('label', { for: 'directory-words' });
        this.#combobox = new Combobox('directory-words', {
            typed: () => this.#search(PAUSE_MS),
            chosen: (name) => name && this.#go(name),
            ended: () => this.#more(),
        });
        this.#sort = h(
            'select',
            { onchange: () => this.#search(0) },
            ...SORTS.map((value) => h('option', { value })),
        );
        this.#make = h('button', { type: 'button', class: 'plain', onclick: () => this.#making() });
        const { field, list, nothing } = this.#combobox;
        return [
            this.#label,
            h('div', { class: 'pair' }, field, this.#sort),
            h('div', { class: 'found' }, list, nothing),
            this.#make,
        ];
    }

    get heading() {
        return t('rooms.all');
    }

    render() {
        super.render();
        this.#label.textContent = t('directory.words');
        this.#sort.setAttribute('aria-label', t('directory.sort'));
        [...this.#sort.options].forEach((option) => (option.textContent = t(`directory.${option.value}`)));
        this.#combobox.list.setAttribute('aria-label', this.heading);
        this.#make.textContent = t('rooms.make');
        if (this.#rooms.length > 0) this.#offer();
    }

    /** Opens; `find({q, sort, after})` resolves with a page, `{rooms, next}`. Who may only read makes no rooms. */
    show({ find, readOnly }) {
        this.#find = find;
        this.#combobox.field.value = '';
        this.#make.hidden = readOnly;
        this.render();
        this.open();
        this.#combobox.field.focus();
        this.#search(0);
    }

    close() {
        clearTimeout(this.#timer);
        this.#turn++;
        super.close();
    }

    /** Asks for the first page after `ms`; until it comes, there is nothing to choose by mistake. */
    #search(ms) {
        clearTimeout(this.#timer);
        this.#turn++;
        this.#rooms = [];
        this.#next = null;
        this.#asking = false;
        this.fault = null;
        this.#combobox.show([], t('directory.asking'));
        this.#timer = setTimeout(() => this.#ask(null), ms);
    }

    #more() {
        if (this.#next && !this.#asking) this.#ask(this.#next);
    }

    /** Asks for the page that starts at `after`, and for others until a room comes: a page may be empty. */
    async #ask(after) {
        const turn = this.#turn;
        this.#asking = true;
        try {
            const page = await this.#find({ q: this.#combobox.text, sort: this.#sort.value, after });
            if (turn !== this.#turn) return;
            this.#add(page);
            if (page.rooms.length === 0 && page.next) return void this.#ask(page.next);
        } catch (fault) {
            if (turn !== this.#turn) return;
            this.fault = fault;
        }
        this.#asking = false;
        this.#offer();
    }

    /** A room that has moved meanwhile may come twice. */
    #add({ rooms, next }) {
        const known = new Set(this.#rooms.map(({ room }) => room));
        this.#rooms.push(...rooms.filter(({ room }) => !known.has(room)));
        this.#next = next;
    }

    #offer() {
        const alike = namesakesIn(this.#rooms.map(({ room, title }) => ({ name: room, title })));
        const choices = this.#rooms.map((room) => ({ value: room.room, nodes: nodesOf(room, alike) }));
        const { list } = this.#combobox;
        this.#combobox.show(choices, t('directory.nothing'));
        if (list.scrollHeight <= list.clientHeight) this.#more(); // nobody can scroll down
    }

    #go(name) {
        this.close();
        this.dispatch('room', name);
    }

    #making() {
        const { text } = this.#combobox;
        this.close();
        this.dispatch('new-room', text);
    }
}

function nodesOf({ room: name, title, topic, access, archived, starred, at, here }, alike) {
    const slug = title && (alike.has(name) || !MADE_UP.test(name));
    const unseen = (words) => h('span', { class: 'unseen', text: `, ${words}` });
    return [
        starred ? starIcon() : access === 'members' ? lockIcon() : hashIcon(),
        h(
            'span',
            { class: 'about' },
            h('bdi', { class: 'name', text: title || name }),
            slug ? h('bdi', { class: 'slug', text: `#${name}` }) : null,
            archived ? h('span', { class: 'slug', text: t('directory.archived') }) : null,
            h('span', { class: 'topic', dir: 'auto', text: topic }),
        ),
        h(
            'span',
            { class: 'facts' },
            h('time', { datetime: at, text: at ? whenText(at) : '' }),
            here > 0 ? h('span', { class: 'here', 'aria-hidden': 'true' }, peopleIcon(), String(here)) : null,
            here > 0 ? unseen(t('people.open', { n: here })) : null,
        ),
    ];
}
