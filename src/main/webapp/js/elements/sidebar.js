import { t } from '../i18n/i18n.js';
import { namesakesIn } from '../model/room-list.js';
import { avatar } from './avatar.js';
import { h, hide, PageElement, write } from './dom.js';
import { bellIcon, closeIcon, keysIcon, lampIcon, plusIcon } from './icons.js';
import { COMMAND_KEY } from './intent.js';
import { RoomLinks } from './room-links.js';

/**
 * The sidebar: the user's rooms, their direct messages, and their name. On a small screen it is a drawer over the room.
 */
export class SidebarElement extends PageElement {
    #find;
    #activity;
    #concerns = { calls: 0, news: false };
    #lists;
    #below;
    #starred;
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
    #suggestion = null;

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
        this.#activity = h(
            'button',
            { type: 'button', class: 'activity', onclick: () => this.dispatch('activity') },
            bellIcon(),
            h('span'),
        );
        this.#make = button('new-room', plusIcon());
        this.#write = button('write', plusIcon());
        this.#all = h('button', { type: 'button', class: 'plain', onclick: () => this.dispatch('directory') });
        const items = new Map();
        this.#starred = new RoomLinks(items);
        this.#starred.node = section(this.#starred);
        this.#unread = new RoomLinks(items);
        this.#unread.node = section(this.#unread);
        this.#rooms = new RoomLinks(items);
        this.#directs = new RoomLinks(items);
        this.#me = h('button', { type: 'button', class: 'me', hidden: true, onclick: () => this.dispatch('profile') });
        this.#keys = button('keys', keysIcon(), 'bare keys-button');
        this.#lists = h(
            'div',
            { class: 'lists', onscroll: () => this.#look() },
            this.#starred.node,
            this.#unread.node,
            section(this.#rooms, this.#make, this.#all),
            section(this.#directs, this.#write),
        );
        this.#below = h('button', { type: 'button', class: 'below', hidden: true, onclick: () => this.#goBelow() });
        this.append(
            h('div', { class: 'sign' }, lampIcon(), h('strong', { text: t('app.name') }), this.#close),
            this.#find,
            this.#activity,
            this.#lists,
            this.#below,
            h('div', { class: 'foot' }, this.#me, this.#keys),
        );
    }

    render() {
        this.setAttribute('aria-label', t('rooms.nav'));
        this.#find.firstChild.textContent = t('rooms.find');
        this.#starred.heading.textContent = t('rooms.starred');
        this.#renderActivity();
        this.#unread.heading.textContent = t('rooms.fresh');
        this.#rooms.heading.textContent = t('rooms.title');
        this.#directs.heading.textContent = t('rooms.directs');
        this.#all.textContent = t('rooms.all');
        label(this.#close, t('notice.close'));
        label(this.#make, t('rooms.make'));
        label(this.#write, t('rooms.write'));
        label(this.#keys, `${t('keys.open')} (?)`);
        for (const links of [this.#starred, this.#unread, this.#rooms, this.#directs]) links.render();
        if (this.#user) this.#me.setAttribute('aria-label', t('profile.open', { name: this.#user.name }));
    }

    /** Shows how many unread entries call the user, `calls`, and whether there is anything else, `news`. */
    set concerns(concerns) {
        const { calls, news } = this.#concerns;
        if (concerns.calls === calls && concerns.news === news) return; // with each message of any room
        this.#concerns = concerns;
        this.#renderActivity();
    }

    #renderActivity() {
        const { calls, news } = this.#concerns;
        const [icon, words] = this.#activity.children;
        write(words, t('rooms.activity'));
        const mark = calls > 0 ? countNodes(calls) : news ? [h('i', { class: 'dot' }), unseen(t('rooms.news'))] : [];
        this.#activity.replaceChildren(icon, words, ...mark);
        this.#activity.classList.toggle('unread', calls > 0);
    }

    /**
     * Shows the `list` from `roomList`, the current room `here`, which rooms are `muted`, and in which there are
     * `drafts`. Who may only read `here` makes none.
     */
    show({ list, here, muted, drafts }) {
        this.#make.hidden = this.#write.hidden = here.readOnly === true;
        const { starred, unread, rooms, directs } = list;
        const shown = { here, muted, drafts, alike: namesakesIn([...starred, ...unread, ...rooms]) };
        this.#keepFocus(() => {
            hide(this.#starred.node, starred.length === 0);
            hide(this.#unread.node, unread.length === 0);
            this.#starred.show(starred, shown);
            this.#unread.show(unread, shown);
            this.#rooms.show(rooms, shown);
            this.#directs.show(directs, shown);
        });
        this.#planLook();
    }

    /** Adds what there is to see for somebody who is in no room yet, below the lists; null removes it. */
    suggest(node) {
        this.#suggestion?.remove();
        this.#suggestion = node;
        if (node) this.#lists.append(node);
    }

    /** A link keeps the focus where `change` moves it; if it goes, the link in its place has the focus. */
    #keepFocus(change) {
        const focused = this.#lists.contains(document.activeElement) ? document.activeElement : null;
        const at = focused ? this.#links.indexOf(focused) : -1;
        change();
        if (!focused || document.activeElement === focused) return;
        const links = this.#links;
        const link = focused.isConnected ? focused : links[Math.min(at, links.length - 1)];
        (link ?? this.#find).focus();
    }

    get #links() {
        return [...this.#lists.querySelectorAll('.rooms a')];
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

function countNodes(n) {
    const count = h('b', { class: 'count calling', 'aria-hidden': 'true', text: n > 99 ? '99+' : n });
    return [count, unseen(t('rooms.calls', { n }))];
}

function unseen(words) {
    return h('span', { class: 'unseen', text: `, ${words}` });
}

function label(button, words) {
    button.setAttribute('aria-label', words);
    button.title = words;
}
