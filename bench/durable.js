// durable.js RESULTS DOCUMENT ROUNDS ENTRIES: puts what bench/durable measured into the document.
const { runsIn, median, spread, day, write } = require('./document.js');

const [, , results, file, rounds, entries] = process.argv;
const runs = runsIn(results).filter(run => !run.failed);
const of = (name, key) => runs.filter(run => run.name === name).map(run => run[key]);
const figures = (name, key, digits) => spread(of(name, key), digits);
const percent = name => spread(of(name, 'per_s').map((value, i) => (value * 100) / of('database', 'per_s')[i]), 0);

write(file, 'durable', `Eight clients post 64 bytes with an \`id\`, each with 128 posts that are not acknowledged yet; groups of ${figures('warung group', 'group', 0)} messages came of it
(${figures('both-warung group', 'group', 0)} on both cores).

| | messages/s | groups/s | p50 ms of a group | p99 ms |
|---|---|---|---|---|
| Warung on one core: acknowledged, and read by all eight | ${figures('warung durable', 'per_s', 0)} | | | |
| Warung on both cores, the generator on one of them | ${figures('both-warung durable', 'per_s', 0)} | | | |
| the database alone, in the same groups | ${figures('database', 'per_s', 0)} | ${figures('database', 'groups_per_s', 0)} | ${figures('database', 'p50_ms', 2)} | ${figures('database', 'p99_ms', 2)} |
| the disk alone: write and sync, in the same groups | ${figures('disk', 'per_s', 0)} | ${figures('disk', 'groups_per_s', 0)} | ${figures('disk', 'p50_ms', 2)} | ${figures('disk', 'p99_ms', 2)} |

Of the database alone Warung reaches **${percent('warung durable')} %** on one core, and **${percent('both-warung durable')} %** on both.

One client posts, waits for the ack, and posts again:

| | p50 ms | p99 ms |
|---|---|---|
| Warung: from the post to the ack | ${figures('alone durable', 'p50_ms', 2)} | ${figures('alone durable', 'p99_ms', 2)} |
| the database alone: a commit of one message | ${figures('commit', 'p50_ms', 2)} | ${figures('commit', 'p99_ms', 2)} |
| the disk alone: one write and sync | ${figures('sync', 'p50_ms', 2)} | ${figures('sync', 'p99_ms', 2)} |

A page of 100 entries over HTTP (\`?before=…&limit=100\`), at places all over the room, 500 pages a round:

| a room of | p50 ms | p99 ms |
|---|---|---|
| ${(+entries).toLocaleString('en-US')} entries | ${figures('long', 'p50_ms', 2)} | ${figures('long', 'p99_ms', 2)} |
| 1,000 entries | ${figures('short', 'p50_ms', 2)} | ${figures('short', 'p99_ms', 2)} |

Median of ${rounds} interleaved rounds of ${Math.round(median(of('alone durable', 'secs')))} s (least–most), ${day()}.`);
