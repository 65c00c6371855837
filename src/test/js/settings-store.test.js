import { Settings } from '../../main/webapp/js/store/settings.js';
import { same, test } from './harness.js';

test('what a page notes after its user has left is not kept, and what the next page notes is', () => {
    const scope = `left-${Math.random()}`;
    const settings = new Settings(scope);
    settings.place = 'kitchen';
    settings.owner = 's-ana';
    settings.level = 'all';
    settings.forgetUser(true);
    settings.place = 'kitchen'; // the window got the keyboard before the page was loaded anew
    same([settings.place, settings.owner, settings.level], [null, null, 'all']);
    new Settings(scope).place = 'lobby';
    same(settings.place, 'lobby');
});

test('what a signed-in user has left is of somebody else, and what a guest has left goes on', () => {
    const settings = new Settings(`owner-${Math.random()}`);
    same(settings.isOfOther('s-ana'), false);
    settings.owner = 's-ana';
    same([settings.isOfOther('s-ana'), settings.isOfOther('s-budi'), settings.isOfOther('u-1')], [false, true, true]);
    settings.owner = 'u-1';
    same([settings.isOfOther('s-ana'), settings.isOfOther('u-2')], [false, false]);
});

test('when another user has come in, the page goes on noting', () => {
    const settings = new Settings(`other-${Math.random()}`);
    settings.forgetUser();
    settings.place = 'lobby';
    same(settings.place, 'lobby');
});
