import { StoredIdentity } from '../../main/webapp/js/store/identity.js';
import { same, test } from './harness.js';

test('whom another tab has forgotten, this one does not know, and does not bring back', () => {
    const scope = `identity-${Math.random()}`;
    const [here, there] = [new StoredIdentity(scope), new StoredIdentity(scope)];
    here.save({ token: 'w2.ana', id: 's-ana', name: 'Ana' });
    same(there.load().name, 'Ana');
    there.forget();
    same([here.load().token, here.load().name, here.load().id], [null, null, null]);
    here.save({ name: 'Budi' });
    same([there.load().token, there.load().name], [null, 'Budi']);
});

test('what cannot be stored is known while the page lives', () => {
    const scope = `blocked-${Math.random()}`;
    const identity = new StoredIdentity(scope);
    identity.save({ name: 'Ana' });
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
    };
    try {
        identity.save({ token: 'w2.ana' });
    } finally {
        Storage.prototype.setItem = setItem;
    }
    same([identity.load().name, identity.load().token], ['Ana', 'w2.ana']);
    identity.save({ id: 'u-1' });
    same([new StoredIdentity(scope).load().token, identity.load().id], ['w2.ana', 'u-1']);
    identity.forget();
    same(identity.load().token, null);
});
