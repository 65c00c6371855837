import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { avatar, nameNode } from './avatar.js';
import { Combobox } from './combobox.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';

/** The dialog that lists who is in a room, its members, who can be added and removed, and its moderators. */
export class PeopleElement extends DialogElement {
    #hereTitle;
    #here;
    #more;
    #combobox;
    #adding;
    #membersTitle;
    #members;
    #shown = null;
    #roster = null;

    content() {
        this.#hereTitle = h('h3');
        this.#here = h('ul', { class: 'people' });
        this.#more = h('p', { class: 'hint' });
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
        return [this.#hereTitle, this.#here, this.#more, this.#membersTitle, this.#members, this.#adding];
    }

    get heading() {
        return this.#shown ? roomText(this.#shown.room) : '';
    }

    render() {
        super.render();
        if (!this.#shown) return;
        const { room, members, moderators } = this.#shown;
        const { count, here } = (this.#roster = room.roster);
        const closed = room.access === 'members';
        const listed = closed ? members : moderators;
        this.#hereTitle.textContent = t('people.here', { n: count });
        this.#here.replaceChildren(...here.map((person) => this.#hereNode(person, !closed)));
        this.#more.hidden = count <= here.length;
        this.#more.textContent = t('people.more', { n: count - here.length });
        this.#adding.hidden = !closed;
        this.#membersTitle.hidden = this.#members.hidden = !closed && listed.length === 0;
        this.#membersTitle.textContent = t(closed ? 'people.members' : 'people.moderators', { n: listed.length });
        this.#members.replaceChildren(...listed.map((person) => this.#listedNode(person, listed)));
        this.#adding.firstChild.textContent = t('people.add');
        this.#combobox.list.setAttribute('aria-label', t('people.name'));
    }

    /** Opens for `room`, seen by the user `me`; what is `known` of it may arrive later. */
    show({ room, me }) {
        this.#shown = { room, me, members: [], moderators: [], appoints: false };
        this.#combobox.field.value = '';
        this.#combobox.show([]);
        this.render();
        this.open();
    }

    /** Updates the list: who is online may have changed. */
    update() {
        if (this.isOpen && this.#shown.room.roster !== this.#roster) this.render();
    }

    /** Sets the `members` and the `moderators` of the room, and whether the user `appoints` these. */
    set known(known) {
        this.#shown = { ...this.#shown, ...known };
        this.render();
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

    /** A person who is here; `candidate` when those who are may become moderators. */
    #hereNode(person, candidate) {
        const { room } = this.#shown;
        const write = !room.readOnly && { words: t('people.write'), act: () => this.dispatch('direct', person) };
        const appoint = candidate && !this.#moderates(person) && this.#appointing(person);
        return this.#node(person, room.roster.here, [appoint, write]);
    }

    /** A member, or a moderator of a public room. */
    #listedNode(person, listed) {
        const { room } = this.#shown;
        const removes = room.access === 'members' && room.moderator;
        const remove = removes && { words: t('people.remove'), act: () => this.dispatch('remove-member', person) };
        return this.#node(person, listed, [this.#appointing(person), remove]);
    }

    #moderates({ id }) {
        return this.#shown.moderators.some((moderator) => moderator.id === id);
    }

    /** What can be done about who is a moderator; false for the room's creator, and for those who appoint nobody. */
    #appointing(person) {
        const { appoints, moderators } = this.#shown;
        if (!appoints || person.id === moderators[0]?.id) return false;
        const on = !this.#moderates(person);
        const act = () => this.dispatch('appoint', { person, on });
        return { words: t(on ? 'people.appoint' : 'people.dismiss'), act };
    }

    /** Creates the node of a person `among` others, with the `deeds` on them, except for the user. */
    #node(person, among, deeds) {
        const own = person.id === this.#shown.me?.id;
        const hints = [own && 'message.you', this.#moderates(person) && 'people.moderator'].filter(Boolean);
        return h(
            'li',
            {},
            avatar(person),
            nameNode(person, among),
            ...hints.map((key) => h('span', { class: 'hint', text: t(key) })),
            ...(own ? [] : deeds.filter(Boolean).map((deed) => deedNode(person, deed))),
        );
    }

    #chosen(person) {
        if (!person) return;
        this.#combobox.field.value = '';
        this.#combobox.show([]);
        this.dispatch('add-member', person);
    }
}

function deedNode({ name }, { words, act }) {
    const label = `${words}: ${name}`;
    return h('button', { type: 'button', class: 'plain', 'aria-label': label, text: words, onclick: act });
}
