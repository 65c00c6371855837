import { Attention } from '../../main/webapp/js/page/attention.js';
import { same, test } from './harness.js';

/** A page that is visible, and has the keyboard or not, as the browser says: `turns(has)` changes that. */
function aPage() {
    let has = true;
    let ms = 0;
    document.hasFocus = () => has;
    performance.now = () => ms;
    const attention = new Attention();
    const back = [];
    attention.on('back', (missed) => back.push(missed));
    return {
        attention,
        back,
        turns(to) {
            has = to;
            dispatchEvent(new Event(to ? 'focus' : 'blur'));
        },
        scrolls: () => document.body.dispatchEvent(new WheelEvent('wheel', { bubbles: true })),
        pass: (more) => (ms += more),
        end() {
            delete document.hasFocus;
            delete performance.now;
        },
    };
}

test('a window without the keyboard is seen for a minute after an input there, but not after one from before', () => {
    const { attention, back, turns, scrolls, pass, end } = aPage();
    scrolls();
    turns(false);
    same(attention.present, false, 'that input was before');
    attention.heard({ seq: 7 });
    scrolls();
    same([attention.present, back, attention.newFrom], [true, [true], 7]);
    pass(59_999);
    same(attention.present, true);
    pass(1);
    same(attention.present, false);
    turns(true);
    same(attention.present, true);
    end();
});

test('what the user has marked unread stays where it begins, until they have seen all', () => {
    const { attention, turns, end } = aPage();
    attention.hold(3);
    turns(false);
    attention.heard({ seq: 9 });
    same([attention.newFrom, attention.held], [3, true]);
    attention.seen();
    same([attention.newFrom, attention.held], [null, false]);
    end();
});
