// visits.js HTTP HTTPS RESULTS: visits the page on a slow phone, at both addresses and over each network, and adds a line of JSON for each visit.
const fs = require('fs');
const { chromium } = require('playwright-core');

const [, , http, https, results] = process.argv;
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const CPU_SLOWDOWN = 4;
const IDLE_MS = 1500;
const MEGABIT = 1e6 / 8;
const NETWORKS = {
  LOCAL: null,
  LTE: { latency: 150, downloadThroughput: 1.6 * MEGABIT, uploadThroughput: 0.75 * MEGABIT },
};
const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-US', ignoreHTTPSErrors: true };
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// In the page. It says on the console when a visitor may say who he is, or write; and when the room is here: to be asked meanwhile would cost it time.
const watch = () => {
  const look = () => {
    const field = [...document.querySelectorAll('#welcome-name, warung-composer textarea')].find(each => each.checkVisibility());
    if (!field) return requestAnimationFrame(look);
    console.info(`may-write ${window.mayWrite = performance.now()}`);
    wait();
  };
  const wait = () => {
    if (document.querySelector('warung-status[data-phase=live]')) console.info(`here ${performance.now()}`);
    else requestAnimationFrame(wait);
  };
  look();
};

// In the page: the sizes of what had come over the network until one could write.
const loaded = () => [performance.getEntriesByType('navigation'), performance.getEntriesByType('resource')].flat()
  .filter(({ name, responseEnd, transferSize }) => transferSize > 0 && !name.includes('/api/') && responseEnd <= window.mayWrite)
  .map(({ transferSize }) => transferSize);

const said = async (page, what) => {
  const message = await page.waitForEvent('console', message => message.text().startsWith(`${what} `));
  return Number(message.text().split(' ')[1]);
};

/** The browser runs already, and has nothing to do. */
const idle = async (page, address) => {
  await page.goto(`${address}health/live`, { waitUntil: 'networkidle' });
  await page.waitForTimeout(IDLE_MS);
};

/** When one may write, and a promise of when the room is there: at the first visit not before one has said a name. */
const visit = async (page, address) => {
  await idle(page, address);
  const mayWrite = said(page, 'may-write');
  const here = said(page, 'here');
  await page.goto(address, { waitUntil: 'commit' });
  return { ms: await mayWrite, here };
};

const guest = async (browser, network, address) => {
  const context = await browser.newContext(PHONE);
  await context.addInitScript(watch);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  if (NETWORKS[network]) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, ...NETWORKS[network] });
  }
  const keep = async (what, ms, here) => {
    const sizes = await page.evaluate(loaded);
    const line = { network, address, visit: what, ms, here, requests: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    console.error(JSON.stringify(line));
    fs.appendFileSync(results, `${JSON.stringify(line)}\n`);
  };
  const first = await visit(page, address);
  await keep('first', first.ms);
  await page.locator('#welcome-name').fill('Ana');
  await page.keyboard.press('Enter');
  await first.here;
  if (address === http) { // the certificate of the other is none: Chromium keeps nothing of it
    const { ms, here } = await visit(page, address);
    await keep('next', ms, await here);
  }
  await context.close();
};

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
  for (let round = 0; round < ROUNDS; round++) {
    for (const network of Object.keys(NETWORKS)) {
      for (const address of [http, https]) await guest(browser, network, address);
    }
  }
  await browser.close();
})();
