import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { peopleFor } from '../model/people.js';
import { avatar, faceNode, nameNode } from './avatar.js';
import { Combobox } from './combobox.js';
import { DialogElement } from './dialog.js';
import { h, hide, place, write } from './dom.js';

/** So few people are seen at one glance. */
const FEW = 8;

/**
 * The dialog that lists who is in a room, its members, who can be added and removed, and its moderators. A large room's
 * roster has only some of those who are there: then the server is asked for all, page by page.
 */
export class PeopleElement extends DialogElement {
    #find;
    #hereTitle;
    #here;
    #more;
    #combobox;
    #adding;
    #membersTitle;
    #members;
    #shown = null;
    #roster = null;
    /** Those who are in a large room, `{q, people, next}`, as far as the server was asked; null: it was not. */
    #listed = null;

    content() {
        this.#find = h('input', {
            type: 'search',
            maxlength: 64,
            autocomplete: 'off',
            dir: 'auto',
            oninput: () => this.#typed(),
        });
        this.#hereTitle = h('h3');
        this.#here = h('ul', { class: 'people' });
        this.#more = h('button', { type: 'button', class: 'plain', onclick: () => this.#lookOn() });
        this.#combobox = new Combobox('people-add', {
            typed: (text) => this.dispatch('search-people', text),
            chosen: (person) => this.#chosen(person),
        });
        this.#adding = h(
            'div',
            { class: 'adding' },
            h('label', { for: 'people-add' }),
            this.#combobox.field,
            this.#combobox.list,
            this.#combobox.nothing,
        );
        this.#membersTitle = h('h3');
        this.#members = h('ul', { class: 'people' });
        return [
            this.#find,
            this.#hereTitle,
            this.#here,
            this.#more,
            this.#membersTitle,
            this.#members,
            this.#adding,
        ];
    }

    build() {
        super.build();
        this.firstChild.addEventListener('scroll', () => this.#nearEnd() && this.#lookOn());
        this.addEventListener('click', (event) => this.#clicked(event));
    }

    get heading() {
        return this.#shown ? roomText(this.#shown.room) : '';
    }

    render() {
        super.render();
        this.#find.placeholder = t('people.find');
        this.#find.setAttribute('aria-label', t('people.find'));
        if (!this.#shown) return;
        const { room, members, moderators } = this.#shown;
        const { count } = (this.#roster = room.roster);
        const closed = room.access === 'members';
        const listed = closed ? members : moderators;
        const here = this.#peopleHere();
        hide(this.#find, count + listed.length <= FEW);
        write(this.#hereTitle, t('people.here', { n: count }));
        replace(
            this.#here,
            here.map((person) => this.#hereNode(person, here, !closed)),
        );
        if (here.length === 0) this.#here.append(h('li', { class: 'hint', text: t('people.nobodyHere') }));
        hide(this.#more, this.#isWhole || this.#listed?.next == null);
        write(this.#more, this.#query === '' ? t('people.more', { n: count - here.length }) : t('people.moreFound'));
        hide(this.#adding, !closed);
        this.#membersTitle.hidden = this.#members.hidden = !closed && listed.length === 0;
        write(this.#membersTitle, t(closed ? 'people.members' : 'people.moderators', { n: listed.length }));
        replace(
            this.#members,
            peopleFor(this.#query, listed).map((person) => this.#listedNode(person, listed)),
        );
        this.#adding.firstChild.textContent = t('people.add');
        this.#combobox.list.setAttribute('aria-label', t('people.name'));
    }

    /** Opens for `room`, seen by the user `me`; what is `known` of it may arrive later. */
    show({ room, me }) {
        this.#shown = { room, me, members: [], moderators: [], owner: null, appoints: false };
        this.#listed = null;
        this.#find.value = '';
        this.#combobox.field.value = '';
        this.#combobox.show([]);
        this.render();
        this.open();
        if (!this.#isWhole) this.#look(null);
    }

    /** Updates the list: who is online may have changed. */
    update() {
        if (!this.isOpen || this.#shown.room.roster === this.#roster) return;
        const was = this.#listed == null && this.#roster.count <= this.#roster.here.length;
        this.render();
        if (was && !this.#isWhole) this.#look(null);
    }

    /** Sets the `members`, the `moderators` and the `owner` of the room, and whether the user `appoints` moderators. */
    set known(known) {
        this.#shown = { ...this.#shown, ...known };
        this.render();
    }

    /** Shows a page of those whose names match `q`: the first one, or the one `after` those shown. */
    tellHere({ q, after, people, next }) {
        if (!this.#shown || q !== this.#query) return;
        const before = after == null ? [] : this.#listed.people;
        const goesOn = document.activeElement === this.#more;
        this.#listed = { q, people: [...before, ...people], next, asked: false };
        this.render();
        if (goesOn) this.#here.children[before.length]?.querySelector('button')?.focus();
    }

    /** Offers people who match the text, except members; `searched` when there are no others. */
    offerPeople(people, searched) {
        if (!this.#shown) return;
        const { members } = this.#shown;
        const others = people.filter(({ id }) => !members.some((member) => member.id === id));
        this.#combobox.show(
            others.map((person) => ({
                value: person,
                nodes: [avatar(person), nameNode(person, others)],
            })),
            searched && this.#combobox.text !== '' ? t('people.nobody') : null,
        );
    }

    /** Creates the node of a person who is here; `candidate` when those who are may become moderators. */
    #hereNode(person, among, candidate) {
        const write = !this.#shown.room.readOnly && { deed: 'direct', words: t('people.write') };
        const appoint = candidate && !this.#moderates(person) && this.#appointing(person);
        return this.#node(person, { among, deeds: [appoint, write], online: true });
    }

    /** Creates the node of a member, or of a moderator of a public room. */
    #listedNode(person, among) {
        const { room } = this.#shown;
        const removes = room.access === 'members' && room.moderator;
        const remove = removes && { deed: 'remove-member', words: t('people.remove') };
        const online = room.roster.here.some(({ id }) => id === person.id);
        return this.#node(person, { among, deeds: [this.#appointing(person), remove], online, says: online });
    }

    #moderates({ id }) {
        return this.#shown.moderators.some((moderator) => moderator.id === id);
    }

    /** What can be done about who is a moderator; false for the room's creator, and for those who appoint nobody. */
    #appointing(person) {
        const { appoints, owner } = this.#shown;
        if (!appoints || person.id === owner) return false;
        const on = !this.#moderates(person);
        return { deed: on ? 'appoint' : 'dismiss', words: t(on ? 'people.appoint' : 'people.dismiss') };
    }

    /** Creates the node of a person `among` others, with the `deeds` on them, except for the user. */
    #node(person, { among, deeds, online, says }) {
        const own = person.id === this.#shown.me?.id;
        const hints = [own && 'message.you', this.#moderates(person) && 'people.moderator'].filter(Boolean);
        const name = h('button', { type: 'button', class: 'who', 'data-do': 'person' }, nameNode(person, among));
        if (says) name.append(h('span', { class: 'unseen', text: `, ${t('direct.here')}` }));
        const node = h(
            'li',
            {},
            faceNode(person, online),
            name,
            ...hints.map((key) => h('span', { class: 'hint', text: t(key) })),
            ...(own ? [] : deeds.filter(Boolean).map((deed) => deedNode(person, deed))),
        );
        node.person = person;
        return node;
    }

    get #query() {
        return this.#find.value.trim();
    }

    /** True when the roster has all who are here. */
    get #isWhole() {
        const { count, here } = this.#shown.room.roster;
        return count <= here.length;
    }

    /** Returns those who are here and match what is looked for, as far as they are known. */
    #peopleHere() {
        const known = !this.#isWhole && this.#listed?.q === this.#query ? this.#listed.people : null;
        return known ?? peopleFor(this.#query, this.#shown.room.roster.here);
    }

    #typed() {
        this.render();
        if (!this.#isWhole) this.#look(null);
    }

    #look(after) {
        this.dispatch('look-here', { q: this.#query, after });
    }

    /** Asks for the page after those shown; once, until it is there. */
    #lookOn() {
        const { q, next, asked } = this.#listed ?? {};
        if (this.#isWhole || asked || next == null || q !== this.#query) return;
        this.#listed.asked = true;
        this.#look(next);
    }

    #nearEnd() {
        const { scrollTop, clientHeight, scrollHeight } = this.firstChild;
        return scrollHeight - scrollTop < 2 * clientHeight;
    }

    #clicked({ target }) {
        const button = target.closest('.people button');
        if (!button) return;
        const { person } = button.closest('li');
        const deed = button.dataset.do;
        if (deed === 'person') this.dispatch('person', { person, box: button.getBoundingClientRect() });
        else if (deed === 'appoint' || deed === 'dismiss') this.dispatch('appoint', { person, on: deed === 'appoint' });
        else this.dispatch(deed, person);
    }

    #chosen(person) {
        if (!person) return;
        this.#combobox.field.value = '';
        this.#combobox.show([]);
        this.dispatch('add-member', person);
    }
}

/**
 * Shows these nodes of people; whoever is shown the same as before keeps theirs. A button of one who stays keeps the
 * focus; if that one goes, the next one gets it.
 */
function replace(list, nodes) {
    const { activeElement: focused } = document;
    const was = list.contains(focused) ? focused.closest('li') : null;
    const index = was ? [...list.children].indexOf(was) : -1;
    const known = new Map([...list.children].map((node) => [node.person?.id, node]));
    const shown = nodes.map((node) => {
        const before = known.get(node.person.id);
        return before?.isEqualNode(node) ? before : node;
    });
    place(list, shown);
    if (!was?.person || focused === document.activeElement) return;
    const again = shown.find(({ person }) => person.id === was.person.id) ?? shown[Math.min(index, shown.length - 1)];
    const button = again?.querySelector(`[data-do="${focused.dataset.do}"]`) ?? again?.querySelector('button');
    (button ?? list.closest('dialog').querySelector('button')).focus();
}

function deedNode({ name }, { deed, words }) {
    const label = `${words}: ${name}`;
    return h('button', { type: 'button', class: 'plain', 'data-do': deed, 'aria-label': label, text: words });
}
