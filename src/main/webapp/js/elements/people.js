import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { avatar, nameNode } from './avatar.js';
import { Combobox } from './combobox.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';

/** The dialog that lists who is in a room, and its members, who can be added and removed. */
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
        const { room, me, members } = this.#shown;
        const { count, here } = (this.#roster = room.roster);
        this.#hereTitle.textContent = t('people.here', { n: count });
        this.#here.replaceChildren(
            ...here.map((person) =>
                personNode(person, {
                    me,
                    among: here,
                    act: room.readOnly ? null : () => this.dispatch('direct', person),
                    words: t('people.write'),
                }),
            ),
        );
        this.#more.hidden = count <= here.length;
        this.#more.textContent = t('people.more', { n: count - here.length });
        this.#membersTitle.hidden = this.#members.hidden = this.#adding.hidden = room.access !== 'members';
        this.#membersTitle.textContent = t('people.members', { n: members.length });
        this.#members.replaceChildren(...members.map((person) => this.#memberNode(person)));
        this.#adding.firstChild.textContent = t('people.add');
        this.#combobox.list.setAttribute('aria-label', t('people.name'));
    }

    /** Opens for `room`, seen by the user `me`; its `members` may arrive later. */
    show({ room, me }) {
        this.#shown = { room, me, members: [] };
        this.#combobox.field.value = '';
        this.#combobox.show([]);
        this.render();
        this.open();
    }

    /** Updates the list: who is online may have changed. */
    update() {
        if (this.isOpen && this.#shown.room.roster !== this.#roster) this.render();
    }

    set members(members) {
        this.#shown = { ...this.#shown, members };
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

    #memberNode(person) {
        const { me, room, members } = this.#shown;
        if (!room.moderator) return personNode(person, { me, among: members });
        const act = () => this.dispatch('remove-member', person);
        return personNode(person, { me, among: members, act, words: t('people.remove') });
    }

    #chosen(person) {
        if (!person) return;
        this.#combobox.field.value = '';
        this.#combobox.show([]);
        this.dispatch('add-member', person);
    }
}

/** Creates the node of a person `among` others, with the actions on them, except for the user. */
function personNode(person, { me, among, act, words }) {
    const own = person.id === me?.id;
    const name = nameNode(person, among);
    const button =
        act &&
        h('button', {
            type: 'button',
            class: 'plain',
            'aria-label': `${words}: ${person.name}`,
            text: words,
            onclick: act,
        });
    return h('li', {}, avatar(person), name, own ? h('span', { class: 'hint', text: t('message.you') }) : button);
}
