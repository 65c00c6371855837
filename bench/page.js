// page.js WHAT RESULTS DOCUMENT: puts what the `visits` of a slow phone, or `drawing`, took into the document.
const { day, runsIn, spread, write } = require('./document.js');

const [, , what, results, file] = process.argv;
const NETWORKS = { LOCAL: 'no delay', LTE: 'LTE: 150 ms, 1.6 Mbit/s' };
const median = (some, field) => spread(some.map(run => run[field]), 0);
const runs = runsIn(results);

function visits() {
  const rows = [];
  for (const [network, words] of Object.entries(NETWORKS)) {
    for (const protocol of ['http:', 'https:']) {
      for (const visit of ['first', 'next']) {
        const some = runs.filter(run => run.network === network && run.address.startsWith(protocol) && run.visit === visit);
        if (some.length === 0) continue;
        const [{ requests, bytes }] = some;
        rows.push(`| ${words} | ${protocol === 'http:' ? 'HTTP/1.1' : 'TLS, HTTP/2'} | ${visit} | ${median(some, 'ms')} | ${visit === 'next' ? median(some, 'here') : ''} | ${requests} | ${(bytes / 1024).toFixed(0)} |`);
      }
    }
  }
  write(file, 'page', `| | | visit | ms until one can write | ms until the room is there | requests until one can write | KiB, with headers |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n\nMedian of ${runs.filter(run => run.network === 'LTE' && run.visit === 'next').length} visits (least–most), ${day()}.`);
}

function drawing() {
  write(file, 'drawing', `| ms of the main thread | |
|---|---|
| from the beginning of a visit to the first message | ${median(runs, 'first')} |
| a message, at 50 a second | ${spread(runs.map(run => run.message), 2)} |

Median of ${runs.length} rounds (least–most), ${day()}.`);
}

({ visits, drawing })[what]();
