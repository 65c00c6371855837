// cluster.js RESULTS DOCUMENT ROUNDS SECONDS: puts what bench/cluster measured into the document.
const { runsIn, median, spread, day, write } = require('./document.js');

const [, , results, file, rounds, seconds] = process.argv;
const runs = runsIn(results);
const all = (name, field) => runs.filter(run => run.name === name).map(run => run[field]);
const share = kind => {
  const plain = all(`plain ${kind}`, 'per_s');
  return all(`nodes ${kind}`, 'per_s').map((perSecond, i) => (100 * perSecond) / plain[i]);
};
const row = (title, kind) =>
  `| ${title} | ${spread(all(`nodes ${kind}`, 'per_s'), 0)} | ${spread(all(`plain ${kind}`, 'per_s'), 0)} | **${spread(share(kind), 0)} %** | ` +
  `${median(all(`nodes ${kind}`, 'group')).toFixed(0)} in ${median(all(`nodes ${kind}`, 'group_rooms')).toFixed(1)} | ` +
  `${spread(all(`nodes ${kind}`, 'db_us'), 0)} | ${spread(all(`nodes ${kind}`, 'wal_bytes'), 0)} |`;
const [nobody] = runs.filter(run => run.name === 'idle nobody');
const indexing = runs.filter(run => run.name === 'indexing');
const [people] = runs.filter(run => run.name === 'idle people');

write(file, 'cluster', `| | acknowledged messages/s | plain JDBC | share | messages of a transaction, in rooms | database CPU µs a message | WAL bytes a message |
|---|---|---|---|---|---|---|
${row('many rooms, from three nodes', 'many')}
${row('one room, from three nodes', 'hot')}

A message comes to a reader on another node ${spread(all('hint', 'p50_ms'), 1)} ms (p50) and ${spread(all('hint', 'p99_ms'), 1)} ms (p99) after it came to one on its own node.
${indexing.length === 0 ? '' : `Afterwards, the search index took ${spread(indexing.map(run => run.db_us), 0)} µs of the database's CPU and ${spread(indexing.map(run => run.wal_bytes), 0)} bytes of WAL a message, at ${spread(indexing.map(run => run.per_s), 0)} messages a second.\n`}In 15 seconds, three nodes without clients wrote ${nobody.wal_bytes} bytes of WAL, and with 30 clients who did nothing ${people.wal_bytes} bytes.

Median of ${rounds} interleaved rounds of ${seconds} s (least–most), ${day()}.`);
