// drawing.js ADDRESS RESULTS: what drawing takes of the page's main thread, without a slowdown; adds a line of JSON for each round.
const fs = require('fs');
const { chromium } = require('playwright-core');

const [, , address, results] = process.argv;
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const RATE = 50;
const SECONDS = 6;
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const DESK = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };

// In a page of its own, with a client in plain mode, which does not hear itself: says as many lines a second.
const talk = ({ room, count, rate }) => new Promise((resolve) => {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/chat?room=${room}`);
  let said = 0;
  socket.onopen = () => {
    const timer = setInterval(() => {
      socket.send(`line ${said++} of what is said in a lively room`);
      if (said < count) return;
      clearInterval(timer);
      setTimeout(() => socket.close(), 1000);
    }, 1000 / rate);
  };
  socket.onclose = () => resolve(said);
});

const measure = async (browser, round) => {
  const room = `drawing-${Date.now()}-${round}`;
  const reader = await browser.newContext(DESK);
  const talker = await browser.newContext(DESK);
  const page = await reader.newPage();
  const other = await talker.newPage();
  await other.goto(`${address}health/live`);
  const session = await reader.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' }); // what others take of the processor does not count
  const taskMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  await page.goto(`${address}#${room}`);
  await page.locator('#welcome-name').fill('Ana');
  await page.keyboard.press('Enter');
  await page.locator('warung-status[data-phase=live]').waitFor({ state: 'attached' });
  await other.evaluate(talk, { room, count: 50, rate: RATE });
  await page.goto(`${address}health/live`, { waitUntil: 'networkidle' });
  const atRest = await taskMs();
  await page.goto(`${address}#${room}`, { waitUntil: 'commit' });
  await page.locator('li.message').first().waitFor();
  const first = await taskMs();
  await page.locator('warung-status[data-phase=live]').waitFor({ state: 'attached' });
  await page.waitForTimeout(2000);
  const before = await taskMs();
  const count = RATE * SECONDS;
  await other.evaluate(talk, { room, count, rate: RATE });
  await page.locator('li.message', { hasText: `line ${count - 1} of` }).last().waitFor();
  const line = { first: first < atRest ? first : first - atRest, message: ((await taskMs()) - before) / count };
  console.error(JSON.stringify(line));
  fs.appendFileSync(results, `${JSON.stringify(line)}\n`);
  await reader.close();
  await talker.close();
};

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
  for (let round = 0; round < ROUNDS; round++) await measure(browser, round);
  await browser.close();
})();
