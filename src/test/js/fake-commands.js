/**
 * What the fake server does with each command: `(server, socket, command, reply)`; `reply` puts an event on the line.
 */
const COMMANDS = {
    hello,
    'sign-out': signOut,
    join,
    leave,
    post,
    edit: amend,
    delete: amend,
    react,
    typing,
    read,
    create,
    change,
    add: member,
    remove: member,
    direct,
    star,
    pong() {},
};

/** Does what a client asks for, or says why not. */
export function answer(server, socket, command) {
    const reply = (event) => socket.toClient.push(event);
    const refuse = (code, more) =>
        reply({
            type: 'error',
            code,
            message: `No: ${code}.`,
            command: command.type,
            ...(command.room && { room: command.room }),
            ...(command.id && { id: command.id }),
            ...more,
        });
    if (!socket.user && command.type !== 'hello') return refuse('not-signed-in');
    if (server.unavailable(command)) return refuse('unavailable', { retryAfterMs: 1_000 });
    COMMANDS[command.type]({ server, socket, command, reply, refuse });
}

/** The token `t-ID` is that of a user, who may have more than one: `t-ID.2`. */
function hello({ server, socket, command: { token, name, id }, reply, refuse }) {
    if (token ? !server.knows(token) : !server.guests) return refuse('bad-token');
    const user = token ? server.users.get(token.slice(2).split('.')[0]) : server.newUser(name);
    if (socket.user && socket.user.id !== user.id) return refuse('already-signed-in');
    const guest = user.id.startsWith('u-');
    socket.user = { ...user, name: (guest && name) || user.name };
    server.users.set(user.id, socket.user);
    reply({
        type: 'signed-in',
        user: socket.user,
        inbox: `inbox.${user.id}`,
        roles: [guest ? 'guest' : 'member'],
        ...(guest ? { token: `t-${user.id}` } : { expiresAt: server.expiresAt }),
        ...(id && { id }),
    });
}

function signOut({ server, socket, command: { everywhere } }) {
    server.signedOut.push(everywhere ?? false);
    socket.toClient.push({ type: 'bye', code: 4500, reason: 'signed-out' });
}

function join({ server, socket, command, reply, refuse }) {
    const { room: name, epoch, after, last = 50 } = command;
    const room = server.room(name);
    if (!room.admits(socket.user.id)) return refuse('not-a-member');
    const { head, n, access, topic, title, calls } = room;
    const lost = epoch !== undefined && (epoch !== server.epoch || after > head);
    if (lost) reply({ type: 'reset', room: name, epoch: server.epoch, head });
    const about = {
        access,
        topic,
        ...(title && { title }),
        ...(calls && { calls }),
        ...(room.owner === socket.user.id && { mayCall: true }),
        ...(room.archived && { archived: true }),
        ...(room.owner === socket.user.id && { moderator: true }),
    };
    reply({ type: 'joined', room: name, epoch: server.epoch, head, n, ...about });
    const from = Math.max(0, epoch === undefined ? head - last : lost ? head - 50 : after);
    const sent = Math.max(from, room.first - 1, head - server.most);
    const resumed = epoch !== undefined && !lost;
    if (resumed && sent > from) reply({ type: 'gap', room: name, from: from + 1, to: sent });
    for (const entry of room.after(resumed ? sent : from)) reply(entry);
    socket.reading.add(name);
    if (name === `inbox.${socket.user.id}`) reply(server.reads(socket.user.id));
}

function leave({ socket, command, reply }) {
    socket.reading.delete(command.room);
    reply({ type: 'left', room: command.room });
}

/** What becomes an entry, at most once: `make()` puts it in. `but` says why not, when it is not in already. */
function lasting({ server, socket, command, refuse }, but, make) {
    const { room: name = `r-${command.id}`, id } = command;
    const room = server.room(name);
    if (!socket.reading.has(name) && !['create', 'add', 'remove', 'change'].includes(command.type))
        return refuse('not-joined');
    const limited = server.limited(command);
    if (limited) return refuse(limited.code, { retryAfterMs: limited.ms });
    if (server.busy()) return refuse('busy', { retryAfterMs: 500 });
    const refused = !room.has(socket.user, id) && but(room);
    if (refused) return refuse(refused);
    const { seq } = room.once(socket.user, id, () => make(room));
    if (id === undefined) return;
    server.acked.add(`${server.epoch} ${id}`);
    const ack = { type: 'ack', room: name, id, seq };
    if (server.ackFirst()) socket.toClient.unshift(ack);
    else socket.toClient.push(ack);
}

function post(given) {
    const {
        server,
        socket,
        command: { room: name, id, text, replyTo, mentions, call, calls },
    } = given;
    const said = {
        ...(replyTo && { replyTo }),
        ...(call === false && { call }),
        ...(mentions && { mentions }),
        ...(calls && { calls }),
        text,
    };
    lasting(
        given,
        (room) => room.archived && 'archived',
        (room) => {
            const entry = server.append(name, 'message', socket.user, id, said);
            for (const userId of mentions ?? []) {
                if (userId !== socket.user.id && room.admits(userId))
                    note(server, 'mentioned', userId, socket.user, { in: name, message: entry.seq });
            }
            const called = call !== false && room.message(replyTo)?.from.id;
            if (called && called !== socket.user.id && !mentions?.includes(called) && room.admits(called))
                note(server, 'replied', called, socket.user, { in: name, message: entry.seq, to: replyTo });
            return entry;
        },
    );
}

function amend(given) {
    const {
        server,
        socket,
        command: { type, room: name, id, seq, text },
    } = given;
    const but = (room) => {
        if (!room.message(seq)) return 'no-such-message';
        return ![room.message(seq).from.id, room.owner].includes(socket.user.id) && 'forbidden';
    };
    const [kind, said] = type === 'edit' ? ['edited', { target: seq, text }] : ['deleted', { target: seq }];
    lasting(given, but, () => server.append(name, kind, socket.user, id, said));
}

function react(given) {
    const {
        server,
        socket,
        command: { room: name, id, seq, emoji, on },
    } = given;
    lasting(
        given,
        (room) => !room.message(seq) && 'no-such-message',
        (room) => server.react(seq, emoji, on, { from: socket.user, name, id }) ?? room.entries.at(-1),
    );
}

function typing({ server, socket, command: { room } }) {
    server.tell(room, { type: 'typing', room, users: [socket.user] });
}

function read({ server, socket, command: { room, id, seq, back }, reply }) {
    server.mark(socket.user.id, room, seq, back ?? false);
    if (id) reply({ type: 'ack', room, id, seq });
}

function star({ server, socket, command: { room, id, on }, reply }) {
    const { seq } = server.append(`inbox.${socket.user.id}`, 'starred', socket.user, id, { in: room, on });
    reply({ type: 'ack', room: `inbox.${socket.user.id}`, id, seq });
}

function create(given) {
    const {
        server,
        socket,
        command: { id, room: name = `r-${id}`, access = 'public', topic = '', title },
    } = given;
    lasting(
        given,
        (room) => room.head > 0 && 'room-exists',
        (room) => {
            Object.assign(room, { access, topic, title, owner: socket.user.id });
            if (access === 'members') room.members.set(socket.user.id, socket.user);
            return server.append(name, 'created', socket.user, id, { access, topic, ...(title && { title }) });
        },
    );
}

function change(given) {
    const {
        server,
        socket,
        command: { room: name, id, type, ...values },
    } = given;
    const may = (room) => room.owner === socket.user.id || (room.access === 'public' && values.archived === undefined);
    lasting(
        given,
        (room) => !may(room) && 'forbidden',
        (room) => {
            Object.assign(room, values);
            return server.append(name, 'changed', socket.user, id, values);
        },
    );
}

function member(given) {
    const {
        server,
        socket,
        command: { type, room: name, id, user: userId },
    } = given;
    const user = server.users.get(userId);
    const but = (room) => {
        if (room.access === 'public') return 'forbidden';
        if (!room.admits(socket.user.id)) return 'not-a-member';
        return (
            (!user && 'no-such-user') ||
            (type === 'remove' && ![userId, room.owner].includes(socket.user.id) && 'forbidden')
        );
    };
    lasting(given, but, (room) => {
        if (type === 'add') room.members.set(userId, user);
        const entry = server.append(name, type === 'add' ? 'added' : 'removed', socket.user, id, { user });
        if (type === 'add') server.marks.set(`${userId} ${name}`, { seq: entry.seq, n: entry.n });
        if (type === 'remove') putOut(server, room, userId);
        if (userId !== socket.user.id)
            note(server, type === 'add' ? 'invited' : 'revoked', userId, socket.user, { in: name });
        return entry;
    });
}

function putOut(server, room, userId) {
    room.members.delete(userId);
    for (const line of server.sockets) {
        if (line.user?.id === userId && line.reading.delete(room.name))
            line.toClient.push({ type: 'left', room: room.name, reason: 'removed' });
    }
}

function direct({ server, socket, command: { id, user: userId }, reply, refuse }) {
    const user = server.users.get(userId);
    if (!user) return refuse('no-such-user');
    const name = `direct.${[socket.user.id, userId].sort().join('.')}`;
    const room = server.room(name);
    room.access = 'members';
    for (const each of [socket.user, user]) room.members.set(each.id, each);
    reply({ type: 'direct', room: name, user, ...(id && { id }) });
}

function note(server, type, userId, from, fields) {
    server.append(`inbox.${userId}`, type, from, undefined, fields);
}
