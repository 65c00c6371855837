import { DialogElement } from '../../main/webapp/js/elements/dialog.js';
import { StatusElement } from '../../main/webapp/js/elements/status.js';
import { ToastElement } from '../../main/webapp/js/elements/toast.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { ChatError } from '../../main/webapp/js/net/http.js';
import { same, test } from './harness.js';

test('a dialog says why its action failed, and when it may work again', () => {
    customElements.define('warung-a-dialog', class extends DialogElement {
        heading = 'Kopi';
    });
    const dialog = document.createElement('warung-a-dialog');
    document.body.append(dialog);
    for (const [language, code, ms, words] of [
        ['en', 'rate-limited', 1, 'That was too much at once. Try again in 1 second.'],
        ['en', 'rate-limited', 2_500, 'That was too much at once. Try again in 3 seconds.'],
        ['en', 'rate-limited', 61_000, 'That was too much at once. Try again in 2 minutes.'],
        ['en', 'rate-limited', null, 'That was too much at once. Try again in a moment.'],
        ['zh-CN', 'rate-limited', 2_500, '操作过于频繁，请在 3 秒后重试。'],
        ['en', 'room-exists', null, 'A room with this name already exists.'],
        ['en', 'never-heard', null, 'Something went wrong. Try again.'],
    ]) {
        speak(language);
        dialog.fault = new ChatError(code, 'no', ms);
        same(dialog.querySelector('.fault').textContent, words);
    }
    dialog.fault = null;
    same(dialog.querySelector('.fault').textContent, '');
    speak('en');
    dialog.remove();
});

test('no notice is lost: the latest are shown, and how many others there are', async () => {
    await speak('en');
    if (!customElements.get('tested-status')) customElements.define('tested-status', class extends StatusElement {});
    const status = document.createElement('tested-status');
    document.body.append(status);
    const rooms = () => [...status.querySelectorAll('.notice')].map((node) => /#(\w+)/.exec(node.textContent)[1]);
    const more = status.querySelector('.notices + button');
    for (const room of ['a', 'b', 'c', 'd', 'e'])
        status.add({ code: 'mentioned', name: 'Budi', room: `#${room}`, place: { room } });
    same([rooms(), more.hidden, more.textContent], [['e', 'd', 'c'], false, '2 more']);
    status.arrived('d');
    same([rooms(), more.textContent], [['e', 'c', 'b'], '1 more']);
    more.click();
    same([rooms(), more.hidden], [['e', 'c', 'b', 'a'], true]);
    status.remove();
});

test('confirmations stand below each other, each for its time', async () => {
    await speak('en');
    if (!customElements.get('tested-toast')) customElements.define('tested-toast', class extends ToastElement {});
    const toast = document.createElement('tested-toast');
    document.body.append(toast);
    for (const name of ['link', 'copied', 'link']) toast.tell(name);
    same([...toast.querySelectorAll('p')].map((node) => node.textContent), ['Text copied', 'Link copied']);
    toast.remove();
});
