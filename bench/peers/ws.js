// One room on node's ws, as its documentation shows it: a loop over the clients. Everybody gets everything, the author too; nothing is stored.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 1024 });
server.on('connection', socket => {
  socket.on('error', () => socket.terminate());
  socket.on('message', text => server.clients.forEach(client => client.send(text, { binary: false })));
});
server.on('listening', () => console.log(`http://127.0.0.1:${server.address().port}/`));
