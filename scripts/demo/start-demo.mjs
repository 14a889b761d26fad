// Boots the playground and, the first time, fills it: content, a month of traffic, orders, and the first ranking.
import { seedActivation } from './activation.mjs';
import { adminApi, ensureAdministrator, LOGIN } from './admin.mjs';
import { seedContent } from './content.mjs';
import { importCrm } from './crm.mjs';
import { printRanking, runRanking } from './ranking.mjs';
import { boot, forgetEverything } from './server.mjs';
import { settingsOf } from './settings.mjs';
import { sendToday, sendTraffic, spreadSignIns } from './traffic.mjs';
import { printValue, runValue } from './value.mjs';
import { simulateWorld } from './world.mjs';

const DAY = 24 * 3_600_000;

async function fill(strapi, url, api, settings) {
  console.log('\nThe first start simulates a month of traffic and orders; it takes about a minute.');
  // The screens say from the first event on that the data is simulated.
  await settings.set('demo', 'true');
  // A start that was interrupted goes on with the month it began with.
  const end = Number((await settings.get('demo.end')) ?? Math.floor(Date.now() / DAY) * DAY);
  await settings.set('demo.end', String(end));

  const items = await seedContent(strapi);
  console.log(`Content: ${items.length} articles, translations and white papers`);
  const world = simulateWorld(items, end);
  const secret = strapi.config.get('plugin::clv.identity.secret');
  await sendTraffic(url, world, secret);
  await spreadSignIns(strapi);
  await sendToday(url, world, items);
  await strapi.plugin('clv').service('tracking').flush();
  await importCrm(api, world);
  await runValue(api);
  await runRanking(api);
  if ((await settings.get('demo.activation')) !== 'begun') {
    await settings.set('demo.activation', 'begun');
    await seedActivation(strapi, api, end);
  }
  await settings.set('demo.ready', 'true');
}

function printAddresses(url) {
  console.log(`
The people, reads and orders above are simulated. npm start -- --fresh begins anew; Ctrl-C stops.

  Admin       ${url}/admin        ${LOGIN.email}  ${LOGIN.password}
  Demo site   ${url}/site/
  Ready.
`);
}

/**
 * @param {{ fresh: boolean }} options `fresh` forgets what earlier starts left
 * @returns a function that stops the server
 */
export async function startDemo({ fresh }) {
  if (fresh) await forgetEverything();
  const { strapi, url } = await boot();
  try {
    await ensureAdministrator(strapi);
    const api = await adminApi(url);
    const settings = settingsOf(strapi);
    if ((await settings.get('demo.ready')) !== 'true') await fill(strapi, url, api, settings);
    await printRanking(api);
    await printValue(api);
    printAddresses(url);
  } catch (error) {
    await strapi.destroy();
    throw new Error(
      `${error.message}\nnpm start goes on from here; npm start -- --fresh throws the data away and begins anew.`,
    );
  }
  return async () => {
    await strapi.destroy();
    process.exit(0);
  };
}
