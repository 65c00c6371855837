import { t } from '../i18n/i18n.js';
import { roomText } from '../i18n/names.js';
import { mayChangeTopic } from '../model/permissions.js';
import { isDirect, isIn } from '../model/room-list.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';

/** The dialog for a room: change its title and topic; star, mute, leave or archive it. */
export class RoomSettingsElement extends DialogElement {
    #kind;
    #form;
    #title;
    #topic;
    #said;
    #star;
    #silent;
    #leave;
    #archive;
    #warned = false;
    #shown = null;

    content() {
        this.#kind = h('p', { class: 'hint' });
        const field = (id, most) => h('input', { id, maxlength: most, autocomplete: 'off', dir: 'auto' });
        this.#title = field('room-settings-title', 300);
        this.#topic = field('room-settings-topic', 200);
        this.#form = h(
            'form',
            { onsubmit: (event) => this.#submit(event) },
            h('label', { for: 'room-settings-title' }),
            this.#title,
            h('label', { for: 'room-settings-topic' }),
            h('div', { class: 'pair' }, this.#topic, h('button', { type: 'submit', class: 'primary' })),
        );
        this.#said = h('p', { class: 'said', dir: 'auto' });
        this.#star = h('input', { type: 'checkbox', onchange: () => this.#starring() });
        this.#silent = h('input', { type: 'checkbox', onchange: () => this.dispatch('mute', this.#silent.checked) });
        this.#leave = h('button', { type: 'button', class: 'plain', onclick: () => this.#leaving() });
        this.#archive = h('button', {
            type: 'button',
            class: 'plain',
            onclick: () => this.dispatch('archive', !this.#shown.room.archived),
        });
        return [
            this.#kind,
            this.#form,
            this.#said,
            h('label', { class: 'choice' }, this.#star, h('span')),
            h('label', { class: 'choice' }, this.#silent, h('span')),
            h('div', { class: 'deeds' }, this.#archive, this.#leave),
        ];
    }

    get heading() {
        return this.#shown ? roomText(this.#shown.room) : '';
    }

    render() {
        super.render();
        if (!this.#shown) return;
        const { room, muted } = this.#shown;
        const direct = isDirect(room);
        const may = mayChangeTopic(room) && !direct;
        const kind = direct ? 'direct' : room.archived ? 'archived' : room.access;
        const address = !direct && room.title ? `#${room.name}` : null;
        this.#kind.replaceChildren(
            ...[kind && t(`about.${kind}`), address && ' ', address && h('bdi', { text: address })].filter(Boolean),
        );
        this.#form.hidden = !may;
        this.#said.hidden = may || !room.topic;
        this.#said.textContent = room.topic;
        const [title, , topic] = this.#form.children;
        title.textContent = t('make.title');
        topic.textContent = t('about.topic');
        this.#form.lastChild.lastChild.textContent = t('profile.save');
        this.#star.checked = room.starred;
        this.#star.nextSibling.textContent = t(direct ? 'about.starDirect' : 'about.star');
        this.#silent.checked = muted;
        this.#silent.nextSibling.textContent = t(direct ? 'about.muteDirect' : 'about.mute');
        this.#archive.hidden = direct || !room.moderator;
        this.#archive.textContent = t(room.archived ? 'about.reopen' : 'about.archive');
        this.#leave.hidden = direct || !isIn(room);
        this.#leave.textContent = t(this.#warned ? 'about.leaveForGood' : 'about.leave');
    }

    /** Opens for a room, which is `muted` or not. */
    show(shown) {
        this.#warned = false;
        this.#shown = shown;
        this.#title.value = shown.room.title;
        this.#topic.value = shown.room.topic;
        this.render();
        this.open();
    }

    /** Shows a change of the room. */
    update(shown) {
        if (!this.isOpen) return;
        this.#shown = shown;
        this.render();
    }

    #submit(event) {
        event.preventDefault();
        this.dispatch('describe', { title: this.#title.value.trim(), topic: this.#topic.value.trim() });
    }

    #starring() {
        this.dispatch('star', { room: this.#shown.room.name, on: this.#star.checked });
    }

    /** Leaves the room. Nobody can return to a members' room on their own, so leaving one is confirmed. */
    #leaving() {
        if (this.#shown.room.access !== 'members' || this.#warned) return this.dispatch('leave-room');
        this.#warned = true;
        this.render();
    }
}
