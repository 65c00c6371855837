import { SidebarElement } from '../../main/webapp/js/elements/sidebar.js';
import { SwitcherElement } from '../../main/webapp/js/elements/switcher.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { same, test } from './harness.js';

const DEWI = { id: 's-dewi', name: 'Dewi' };

function shown(name, type) {
    speak('en');
    if (!customElements.get(name)) customElements.define(name, class extends type {});
    const element = document.createElement(name);
    document.body.append(element);
    return element;
}

const lobby = (readOnly) => ({ name: 'lobby', readOnly, access: 'public', topic: '', unread: 0 });

test('who may only read is not offered to make a room or to write to somebody', () => {
    const sidebar = shown('tested-sidebar', SidebarElement);
    const switcher = shown('tested-switcher', SwitcherElement);
    for (const readOnly of [true, false]) {
        const here = lobby(readOnly);
        sidebar.show({ list: { starred: [], unread: [], rooms: [], directs: [] }, here, muted: new Set() });
        const buttons = [...sidebar.querySelectorAll('section button')].filter(({ hidden }) => !hidden);
        const names = buttons.map((button) => button.getAttribute('aria-label')).filter((name) => name?.startsWith('New'));
        same(names, readOnly ? [] : ['New room', 'New direct message']);
        switcher.show({ rooms: [here], here });
        const field = switcher.querySelector('input');
        field.value = 'dewi';
        field.dispatchEvent(new Event('input'));
        switcher.offerPeople([DEWI], true);
        const choices = [...switcher.querySelectorAll('.choices li')].map(({ textContent }) => textContent);
        same(choices, readOnly ? ['Go to #dewi'] : ['Go to #dewi', 'Create #dewi…', choices[2]]);
        switcher.close();
    }
    sidebar.remove();
    switcher.remove();
});

test('what was typed to find somebody stays until the conversation with them is there', () => {
    const switcher = shown('tested-switcher', SwitcherElement);
    switcher.show({ rooms: [], here: lobby(false) }, true);
    const field = switcher.querySelector('input');
    field.value = 'dew';
    switcher.offerPeople([DEWI], true);
    switcher.querySelector('.choices li').click();
    same([switcher.isOpen, field.value], [true, 'dew']);
    switcher.close();
    switcher.remove();
});
