import { t } from '../i18n/i18n.js';
import { avatar } from './avatar.js';
import { h, hide, PageElement, write } from './dom.js';
import { closeIcon, keysIcon, lampIcon, plusIcon } from './icons.js';
import { COMMAND_KEY } from './intent.js';
import { RoomLinks } from './room-links.js';

/**
 * The sidebar: the user's rooms, their direct messages, and their name. On a small screen it is a drawer over the room.
 */
export class SidebarElement extends PageElement {
    #find;
    #lists;
    #below;
    #unread;
    #close;
    #rooms;
    #directs;
    #all;
    #make;
    #write;
    #me;
    #keys;
    #user = null;
    #looking = false;

    build() {
        const button = (action, icon, className) =>
            h('button', { type: 'button', class: className ?? 'bare', onclick: () => this.dispatch(action) }, icon);
        this.#close = button('drawer', closeIcon(), 'bare shut');
        this.#find = h(
            'button',
            { type: 'button', class: 'find', onclick: () => this.dispatch('switcher') },
            h('span'),
            h('kbd', { text: `${COMMAND_KEY} K` }),
        );
        this.#make = button('new-room', plusIcon());
        this.#write = button('write', plusIcon());
        this.#all = h('button', { type: 'button', class: 'plain', onclick: () => this.dispatch('switcher') });
        this.#unread = new RoomLinks();
        this.#unread.node = section(this.#unread);
        this.#rooms = new RoomLinks();
        this.#directs = new RoomLinks();
        this.#me = h('button', { type: 'button', class: 'me', hidden: true, onclick: () => this.dispatch('profile') });
        this.#keys = button('keys', keysIcon(), 'bare keys-button');
        this.#lists = h(
            'div',
            { class: 'lists', onscroll: () => this.#look() },
            this.#unread.node,
            section(this.#rooms, this.#make, this.#all),
            section(this.#directs, this.#write),
        );
        this.#below = h('button', { type: 'button', class: 'below', hidden: true, onclick: () => this.#goBelow() });
        this.append(
            h('div', { class: 'sign' }, lampIcon(), h('strong', { text: t('app.name') }), this.#close),
            this.#find,
            this.#lists,
            this.#below,
            h('div', { class: 'foot' }, this.#me, this.#keys),
        );
    }

    render() {
        this.setAttribute('aria-label', t('rooms.nav'));
        this.#find.firstChild.textContent = t('rooms.find');
        this.#unread.heading.textContent = t('rooms.fresh');
        this.#rooms.heading.textContent = t('rooms.title');
        this.#directs.heading.textContent = t('rooms.directs');
        this.#all.textContent = t('rooms.all');
        label(this.#close, t('notice.close'));
        label(this.#make, t('rooms.make'));
        label(this.#write, t('rooms.write'));
        label(this.#keys, `${t('keys.open')} (?)`);
        this.#unread.render();
        this.#rooms.render();
        this.#directs.render();
        if (this.#user) this.#me.setAttribute('aria-label', t('profile.open', { name: this.#user.name }));
    }

    /**
     * Shows the `list` from `roomList`, the current room `here`, which rooms are `muted`, and in which there are
     * `drafts`. Who may only read `here` makes none.
     */
    show({ list, here, muted, drafts }) {
        this.#make.hidden = this.#write.hidden = here.readOnly === true;
        hide(this.#unread.node, list.unread.length === 0);
        this.#unread.show(list.unread, { here, muted, drafts });
        this.#rooms.show(list.rooms, { here, muted, drafts });
        this.#directs.show(list.directs, { here, muted, drafts });
        this.#planLook();
    }

    /** Looks once in a frame, after that is laid out, whether unread rooms are below what is visible. */
    #planLook() {
        if (this.#looking) return;
        this.#looking = true;
        requestAnimationFrame(() =>
            setTimeout(() => {
                this.#looking = false;
                this.#look();
            }),
        );
    }

    #look() {
        const n = this.#hiddenBelow().length;
        hide(this.#below, n === 0);
        if (n > 0) write(this.#below, t('rooms.below', { n }));
    }

    #hiddenBelow() {
        const links = [...this.#lists.querySelectorAll('a.unread')];
        if (links.length === 0) return links;
        const { bottom } = this.#lists.getBoundingClientRect();
        return links.filter((link) => link.getBoundingClientRect().top > bottom - 12);
    }

    #goBelow() {
        this.#hiddenBelow()[0]?.scrollIntoView({ block: 'center' });
    }

    set user(user) {
        this.#user = user;
        this.#me.hidden = false;
        this.#me.replaceChildren(avatar(user), h('bdi', { text: user.name }));
        this.render();
    }

    focus() {
        (this.querySelector('[aria-current]') ?? this.#find).focus();
    }
}

function section(links, add, ...more) {
    return h('section', {}, h('div', { class: 'head' }, links.heading, add ?? null), links.list, ...more);
}

function label(button, words) {
    button.setAttribute('aria-label', words);
    button.title = words;
}
