import { isGuest } from '../model/people.js';
import { BANNED } from '../model/reconnect.js';
import { ChatClient } from './chat-client.js';

/** How long the server may take to say whose a token is, while somebody is known who can come in meanwhile. */
const PATIENCE_MS = 10_000;

/**
 * Takes over `token`, which a link has brought and anybody may have made: only when the server, asked over a connection
 * of its own, has said whose it is, and, if that is somebody else than `identity` has, only when the user has `agreed`.
 * Otherwise they stay who they are. Resolves with the key of the text that says why the token is no good, or null.
 */
export async function takeHandedToken(token, { identity, url, env, agreed }) {
    const before = identity.load();
    if (token === before.token) return null;
    const { user, fault } = await ownerOf(token, { url, env, patient: before.id == null });
    if (fault) return fault;
    const known = identity.load();
    if (known.id === user.id) {
        identity.save({ token });
        return null;
    }
    const question = { name: user.name, other: known.name ?? known.was, guest: isGuest(known) };
    if (known.id == null || (await agreed(question))) identity.take(token, { way: 'token' });
    return null;
}

/** Resolves with the `user` whose token it is, or with the `fault` that came instead. */
function ownerOf(token, { url, env, patient }) {
    return new Promise((resolve) => {
        const client = new ChatClient({ url, token, env });
        const { setTimeout, clearTimeout } = client.connection.env;
        const settle = (found) => {
            clearTimeout(timer);
            resolve(found);
            queueMicrotask(() => client.stop());
        };
        const timer = patient ? null : setTimeout(() => settle({ fault: 'asked.unreachable' }), PATIENCE_MS);
        client.on('user', (user) => settle({ user }));
        client.on('notice', () => settle({ fault: 'asked.unknown' }));
        client.on('status', ({ phase, code }) => {
            if (phase === 'stopped') settle({ fault: code === BANNED ? 'ended.banned' : 'welcome.stale' });
        });
        client.start();
    });
}
