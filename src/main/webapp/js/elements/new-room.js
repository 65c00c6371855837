import { t } from '../i18n/i18n.js';
import { roomNameFrom } from '../model/address.js';
import { graphemes } from '../model/graphemes.js';
import { mayBeMade } from '../model/switcher.js';
import { DialogElement } from './dialog.js';
import { h } from './dom.js';

/** The longest title, in graphemes. */
const LONGEST = 60;

/** The dialog that creates a room: its title, its topic, who can join, and its address, if one is chosen. */
export class NewRoomElement extends DialogElement {
    #labels;
    #title;
    #name;
    #address;
    #topic;
    #access;
    #hint;
    #nameHint;
    #make;
    /** The key of what is wrong with the title or the address, or null. */
    #bad = null;

    content() {
        const field = (id, given) => h('input', { id: `new-room-${id}`, autocomplete: 'off', ...given });
        this.#title = field('title', { maxlength: 300, dir: 'auto' });
        this.#title.setAttribute('aria-describedby', 'new-room-hint');
        this.#name = field('name', { maxlength: 64, autocapitalize: 'none', spellcheck: false });
        this.#name.setAttribute('aria-describedby', 'new-room-name-hint');
        this.#topic = field('topic', { maxlength: 200, dir: 'auto' });
        this.#access = h(
            'select',
            { id: 'new-room-access' },
            h('option', { value: 'public' }),
            h('option', { value: 'members' }),
        );
        this.#hint = h('p', { id: 'new-room-hint', 'aria-live': 'polite' });
        this.#nameHint = h('p', { id: 'new-room-name-hint', 'aria-live': 'polite' });
        this.#make = h('button', { type: 'submit', class: 'primary' });
        this.#labels = ['title', 'topic', 'access', 'name'].map((what) => h('label', { for: `new-room-${what}` }));
        const [title, topic, access, name] = this.#labels;
        this.#address = h('details', {}, h('summary'), name, this.#name, this.#nameHint);
        return [
            h(
                'form',
                { onsubmit: (event) => this.#submit(event) },
                title,
                this.#title,
                this.#hint,
                topic,
                this.#topic,
                access,
                this.#access,
                this.#address,
                this.#make,
            ),
        ];
    }

    get heading() {
        return t('rooms.make');
    }

    render() {
        super.render();
        const words = ['make.title', 'about.topic', 'make.access', 'make.address'];
        this.#labels.forEach((label, i) => (label.textContent = t(words[i])));
        [...this.#access.options].forEach((option) => (option.textContent = t(`make.${option.value}`)));
        this.#address.firstChild.textContent = t('make.choose');
        const ofName = this.#bad === 'room.bad';
        this.#say(this.#hint, ofName ? null : this.#bad, '');
        this.#say(this.#nameHint, ofName ? this.#bad : null, t('make.hint'));
        this.#make.textContent = t('make.make');
    }

    /** Opens with what was typed to find a room: an address if it can be one, otherwise a title. */
    show(typed) {
        const wanted = typed.trim().replace(/^#/, '');
        const isName = mayBeMade(wanted);
        this.#bad = null;
        this.#title.value = isName ? '' : wanted;
        this.#name.value = isName ? wanted : '';
        this.#topic.value = '';
        this.#access.value = 'public';
        this.#address.open = isName;
        this.render();
        this.open();
        (wanted ? this.#topic : this.#title).focus();
    }

    #say(hint, bad, otherwise) {
        hint.textContent = bad ? t(bad) : otherwise;
        hint.className = bad ? 'fault' : 'hint';
    }

    #submit(event) {
        event.preventDefault();
        const title = this.#title.value.trim();
        const written = this.#address.open ? this.#name.value.trim() : '';
        const name = written === '' ? null : roomNameFrom(written);
        this.#bad = faultOf(title, name);
        this.render();
        if (this.#bad) return (this.#bad === 'room.bad' ? this.#name : this.#title).focus();
        this.dispatch('create', {
            name,
            title: title || null,
            topic: this.#topic.value.trim(),
            access: this.#access.value,
        });
    }
}

function faultOf(title, name) {
    if (name != null && !mayBeMade(name)) return 'room.bad';
    if (title === '' && name == null) return 'make.untitled';
    return graphemes(title).length > LONGEST ? 'make.long' : null;
}
