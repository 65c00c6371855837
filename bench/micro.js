// micro.js RESULTS DOCUMENT: puts what JMH measured into the document.
const { readFileSync } = require('node:fs');
const { day, write } = require('./document.js');

const [, , results, file] = process.argv;
const WHAT = {
  readPost: 'a post, read and checked',
  writeEntry: 'an entry, written as JSON in UTF-8',
  writeAck: 'an ack, written',
  readText: 'the text of an entry, read (once for all plain readers)',
  shareFrame: 'a frame that is there, found',
  fillBlockAndMakeItsFrame: 'a block of 256 entries and the frame of all of them (55 KB), made',
  addToTail: "an entry, made and added to a room's tail",
  drive: 'a pump, driven to rest',
  sendThatCompletesInline: 'a pump whose operation completes inline, driven to rest',
};

const rows = JSON.parse(readFileSync(results, 'utf8')).map(({ benchmark, primaryMetric }) => {
  const name = benchmark.split('.').pop();
  return `| ${WHAT[name] ?? name} | ${primaryMetric.score.toFixed(0)} ± ${primaryMetric.scoreError.toFixed(0)} |`;
});
write(file, 'micro', `| | ns |\n|---|---|\n${rows.join('\n')}\n\nJMH, 2 forks of 5 s on one core, ${day()}.`);
