// One room on Bun's own publish/subscribe, as Bun's documentation shows it. Everybody gets everything, the author too; nothing is stored.
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch(request, server) {
    return server.upgrade(request) ? undefined : new Response('WebSockets only', { status: 400 });
  },
  websocket: {
    perMessageDeflate: false,
    publishToSelf: true,
    idleTimeout: 0,
    backpressureLimit: 1 << 30, // never drops what waits for a slow client
    open: socket => socket.subscribe('room'),
    message: (socket, text) => socket.publish('room', text),
  },
});
console.log(`http://127.0.0.1:${server.port}/`);
