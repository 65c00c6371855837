import { onAction } from '../../main/webapp/js/elements/actions.js';
import { PeopleElement } from '../../main/webapp/js/elements/people.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { Room } from '../../main/webapp/js/model/room.js';
import { holds, same, test } from './harness.js';

const person = (name) => ({ id: `u-${name.toLowerCase()}`, name });
const [ana, budi, cici, dewi] = ['Ana', 'Budi', 'Cici', 'Dewi'].map(person);

/** The list of those who are in a room with this roster, and what it asks for. */
function opened(roster) {
    speak('en');
    if (!customElements.get('tested-people')) customElements.define('tested-people', class extends PeopleElement {});
    const element = document.createElement('tested-people');
    const room = new Room('lobby', 50);
    const asked = [];
    room.roster = roster;
    document.body.append(element);
    const stop = onAction('look-here', (query) => asked.push(query));
    element.show({ room, me: ana });
    const type = (text) => {
        const field = element.querySelector('input[type=search]');
        field.value = text;
        field.dispatchEvent(new Event('input'));
    };
    const names = () => [...element.querySelector('.people').querySelectorAll('.name')].map((node) => node.textContent);
    const end = () => {
        stop();
        element.remove();
    };
    return { element, room, asked, type, names, end };
}

test('a roster with everybody is searched here', () => {
    const { asked, type, names, end } = opened({ count: 3, here: [ana, budi, cici] });
    same(names(), ['Ana', 'Budi', 'Cici']);
    type('ci');
    same([names(), asked], [['Cici'], []]);
    end();
});

test('of a large room the server is asked, page by page, and for what is looked for', () => {
    const { element, asked, type, names, end } = opened({ count: 300, here: [budi] });
    const more = element.querySelector('.people + button');
    same([asked, names(), more.hidden], [[{ q: '', after: null }], ['Budi'], true]);
    element.tellHere({ q: '', after: null, people: [ana, budi], next: 'p2' });
    same([names(), more.hidden, more.textContent], [['Ana', 'Budi'], false, 'and 298 more']);
    more.focus();
    more.click();
    more.click();
    same(asked.slice(1), [{ q: '', after: 'p2' }], 'once');
    element.tellHere({ q: '', after: 'p2', people: [cici], next: null });
    same([names(), more.hidden], [['Ana', 'Budi', 'Cici'], true]);
    same(document.activeElement.textContent, 'Cici', 'the keys go on with those who have come');
    type('de');
    same(asked.at(-1), { q: 'de', after: null });
    element.tellHere({ q: 'd', after: null, people: [budi], next: null });
    same(names(), [], 'an answer to something else');
    element.tellHere({ q: 'de', after: null, people: [dewi], next: null });
    same(names(), ['Dewi']);
    end();
});

test('when the roster changes, the one who has the focus keeps it', () => {
    const { element, room, names, end } = opened({ count: 2, here: [ana, budi] });
    element.querySelector('[data-do=direct]').focus();
    room.roster = { count: 3, here: [cici, ana, budi] };
    element.update();
    same([names(), document.activeElement.getAttribute('aria-label')], [['Cici', 'Ana', 'Budi'], 'Message: Budi']);
    end();
});

test('whoever is shown the same when the roster changes keeps their node', () => {
    const { element, room, names, end } = opened({ count: 3, here: [ana, budi, cici] });
    const nodes = () => [...element.querySelector('.people').children];
    const [, before, gone] = nodes();
    room.roster = { count: 3, here: [dewi, budi, { ...cici, name: 'Citra' }] };
    element.update();
    same(names(), ['Dewi', 'Budi', 'Citra']);
    holds(nodes()[1] === before && nodes()[2] !== gone, 'not the ones that are the same');
    room.roster = { count: 2, here: [budi, dewi] };
    element.update();
    same(names(), ['Budi', 'Dewi']);
    end();
});
