// `npm start`: from a fresh clone to a ranking in the admin. Node's own modules only, until the rest is installed.
import { ensureInstalled } from './lib/install.mjs';
import { fail } from './lib/run.mjs';

const USAGE = `npm start                        start the demonstration; the first time it is filled with simulated data
npm start -- --fresh             throw the demonstration's data away first
npm start -- --exit-when-ready   stop as soon as everything is there

PORT (1337, or the next free one) and HOST (127.0.0.1) say where it listens.`;

async function main(args) {
  const known = ['--fresh', '--exit-when-ready', '--help'];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown) throw new Error(`"${unknown}" is not an option.\n\n${USAGE}`);
  if (args.includes('--help')) return console.log(USAGE);

  await ensureInstalled();
  const { ensureAdminBuild } = await import('./build-admin.mjs');
  await ensureAdminBuild((line) => console.log(`${line} …`));
  const { ensureBuilt } = await import('./lib/build.mjs');
  await ensureBuilt();
  const { startDemo } = await import('./demo/start-demo.mjs');
  const stop = await startDemo({ fresh: args.includes('--fresh') });
  if (args.includes('--exit-when-ready')) await stop();
}

main(process.argv.slice(2)).catch(fail);
