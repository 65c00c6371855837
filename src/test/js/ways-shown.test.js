import { Account } from '../../main/webapp/js/elements/account.js';
import { ComposerClosedElement } from '../../main/webapp/js/elements/composer-closed.js';
import { StatusElement } from '../../main/webapp/js/elements/status.js';
import { speak } from '../../main/webapp/js/i18n/i18n.js';
import { waysOf } from '../../main/webapp/js/net/sign-in-ways.js';
import { same, test } from './harness.js';

const FROM_THERE = 'To sign in, open this chat from your application.';
const ANA = { id: 'u-1', name: 'Ana' };

function shown(name, type) {
    speak('en');
    if (!customElements.get(name)) customElements.define(name, class extends type {});
    const element = document.createElement(name);
    document.body.append(element);
    return element;
}

/** The words and the buttons that can be pressed. */
function offered(node) {
    const buttons = [...node.querySelectorAll('button')].filter((each) => !each.hidden && !each.disabled);
    return buttons.map(({ textContent }) => textContent).filter((text) => text.startsWith('Sign in'));
}

test('who cannot write here is told how they could, with a button only where the page leads to a sign-in', () => {
    const closed = shown('tested-composer-closed', ComposerClosedElement);
    closed.room = { name: 'lobby', readOnly: true, timeline: { entries: [] } };
    for (const [ways, guest, words, buttons] of [
        [['guest', 'token'], true, `Guests can read #lobby but not post in it. ${FROM_THERE}`, []],
        [['guest', 'container'], true, 'Guests can read #lobby but not post in it.', ['Sign in']],
        [['guest', 'oidc'], true, 'Guests can read #lobby but not post in it.', ['Sign in']],
        [['guest'], true, 'Guests can read #lobby but not post in it.', []],
        [['token'], false, 'You can read #lobby but not post in it.', []],
    ]) {
        const { others, leads } = waysOf({ ways });
        closed.ways = { guest, others: guest && others, leads: guest && leads };
        same([closed.querySelector('p').textContent, offered(closed)], [words, buttons], ways.join());
    }
    closed.remove();
});

test('a sign-in that has ended offers another one, or says where that is', () => {
    const status = shown('tested-status', StatusElement);
    status.status = { phase: 'stopped', code: 4501 };
    for (const leads of [true, false]) {
        status.leads = leads;
        status.add({ code: 'expiring', time: '12:00', signIn: true });
        same(offered(status), leads ? ['Sign in again', 'Sign in again'] : []);
        same(status.querySelector('.words').textContent.endsWith(FROM_THERE), !leads);
    }
    status.remove();
});

test('the settings of a guest offer what works: a provider that is down is not asked', () => {
    for (const [answer, words, buttons] of [
        [{ ways: ['guest', 'token'] }, FROM_THERE, []],
        [{ ways: ['guest', 'container'] }, 'You are a guest', ['Sign in']],
        [{ ways: ['guest', 'oidc'], oidc: { authorizationEndpoint: 'https://login.example' } }, 'You are a guest', ['Sign in']],
        [{ ways: ['guest', 'oidc'], oidc: {} }, 'Signing in is not possible at the moment', []],
        [{ ways: ['guest', 'oidc', 'header'], oidc: {} }, 'You are a guest', ['Sign in']],
    ]) {
        speak('en');
        const account = new Account(() => {});
        account.show({ user: ANA, roles: [], ways: waysOf(answer), unsent: async () => 0 });
        same([account.about.textContent.includes(words), offered(account.node)], [true, buttons], answer.ways.join());
    }
});

test('whoever signs out is asked what is lost now, and the same way for one device as for all', async () => {
    speak('en');
    let unsent = 0;
    const account = new Account(() => {});
    const ways = waysOf({ ways: ['container'] });
    account.show({ user: { id: 's-citra', name: 'Citra' }, roles: [], ways, unsent: async () => unsent });
    document.body.append(account.node);
    const [here, everywhere] = account.node.querySelectorAll('.deeds button');
    for (const [button, n, words] of [
        [here, 0, 'Drafts in this browser will be deleted.'],
        [everywhere, 0, 'All your devices will be signed out. Drafts in this browser will be deleted.'],
        [here, 1, '1 message was not sent yet and will be lost. Drafts in this browser will be deleted.'],
    ]) {
        unsent = n;
        button.click();
        await new Promise((resolve) => setTimeout(resolve));
        same(account.node.querySelector('.sure p').textContent, words);
    }
    account.node.remove();
});

test('an address is written as short as people know it', () => {
    speak('en');
    const account = new Account(() => {});
    account.show({ user: ANA, roles: [], ways: null, unsent: async () => 0 });
    for (const [address, words] of [
        ['0:0:0:0:0:0:0:1', '::1'],
        ['2001:db8:0:0:0:0:0:7', '2001:db8::7'],
        ['192.0.2.7', '192.0.2.7'],
        ['fe80::1%eth0', 'fe80::1%eth0'],
    ]) {
        account.sessions = [{ id: 'a', since: '2026-11-30T08:00:00Z', address, agent: '', current: true }];
        same(account.node.querySelector('li .hint').textContent.split(' · ')[0], words);
    }
});
