import { onAction } from '../../main/webapp/js/elements/actions.js';
import { EmojiPickerElement } from '../../main/webapp/js/elements/emoji-picker.js';
import '../../main/webapp/js/i18n/dialog-texts.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { same, test } from './harness.js';

const text = await (await fetch(new URL('../../main/webapp/emoji/emoji.txt', import.meta.url))).text();

/** An open choice of emoji, and what it has asked for. */
function opened(given) {
    if (!customElements.get('tested-emoji')) customElements.define('tested-emoji', class extends EmojiPickerElement {});
    const element = document.createElement('tested-emoji');
    const asked = [];
    document.body.append(element);
    const stops = ['picked', 'tone'].map((name) => onAction(name, (payload) => asked.push([name, payload])));
    element.show({ box: new DOMRect(), recent: [], tone: 0, ...given });
    const cells = () => [...element.querySelectorAll('[data-emoji]')];
    const end = () => {
        stops.forEach((stop) => stop());
        element.remove();
    };
    return { element, asked, cells, end };
}

const emojiOf = (cells) => cells.map(({ dataset }) => dataset.emoji);

test('until the emoji are there, the choice says that they are coming, or could not come', () => {
    speak('en');
    const { element, cells, end } = opened();
    const hint = element.querySelector('.hint');
    same([hint.textContent, cells().length], ['Loading emoji…', 0]);
    element.text = null;
    same(hint.textContent, 'Emoji could not be loaded. Try again.');
    element.text = text;
    same([hint.textContent, cells()[0].title], ['', 'grinning face']);
    speak('zh-CN');
    same(cells()[0].title, '嘿嘿');
    speak('en');
    end();
});

test('what was used lately comes first, as it was, and a tone is shown at once', () => {
    speak('en');
    const { element, asked, cells, end } = opened({ recent: ['👍🏿', '🍵'], tone: 2 });
    element.text = text;
    same(emojiOf(cells()), ['👍🏿', '🍵']);
    same(cells()[0].title, 'thumbs up');
    element.querySelector('[data-group=people]').click();
    same(cells()[0].dataset.emoji, '👋🏼');
    element.querySelector('input[value="4"]').click();
    same([cells()[0].dataset.emoji, asked], ['👋🏾', [['tone', 4]]]);
    cells()[0].click();
    same(asked.at(-1), ['picked', '👋🏾']);
    end();
});

test('what is kept of another version, or of somebody else, does not stop the choice', () => {
    speak('en');
    const { element, cells, end } = opened({ recent: ['nothing', '🍵'], tone: 77 });
    element.text = text;
    same(emojiOf(cells()), ['nothing', '🍵']);
    element.querySelector('[data-group=people]').click();
    same(cells()[0].dataset.emoji, '👋');
    end();
});
