import type { Command } from 'commander';
import { configOf } from '../../config';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { dropTables } from '../../storage/migrate';
import { examineData } from '../doctor/data';
import { examineDatabase } from '../doctor/database';
import { type Finding, forPeople, problem } from '../doctor/finding';
import { examineRuns } from '../doctor/runs';
import { examineSettings } from '../doctor/settings';
import { withApp } from '../in-app';

interface DoctorOptions {
  dropTables?: true;
  yes?: true;
  json?: true;
}

const HELP = `
Run it in the folder of your Strapi app. It deletes nothing but with --drop-tables; like every boot it makes
the plugin's tables where they are missing.

  ✓ all well   · worth knowing   ✗ a problem, with what to do about it

To uninstall: clv doctor --drop-tables --yes, then npm uninstall strapi-plugin-clv and take clv out of
config/plugins. Touches, customers, orders and rankings are gone then.

Exit code: 0 no problem, 1 at least one problem, or the app does not boot; 2 wrong usage.`;

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Look after the plugin in the Strapi app of the current folder, and say what to do.')
    .option('--drop-tables', 'delete every table of the plugin, with all that is in them')
    .option('--yes', 'do so without asking')
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

async function run(options: DoctorOptions, command: Command): Promise<void> {
  if (options.dropTables) return drop(options, command);
  const findings = await withApp(examine);
  process.stdout.write(options.json ? `${JSON.stringify({ findings })}\n` : `${forPeople(findings)}\n`);
  const problems = findings.filter(({ state }) => state === 'problem').length;
  if (problems > 0) throw new Error(problems === 1 ? 'there is a problem' : `there are ${problems} problems`);
}

async function examine(strapi: Strapi): Promise<Finding[]> {
  if (!strapi.plugins.clv) {
    return [problem('plugin', 'is not enabled in this app', 'add clv: { enabled: true } to config/plugins')];
  }
  const knex = knexOf(strapi);
  const config = configOf(strapi);
  const database = await examineDatabase(knex, config.sqlite.wal);
  if (database.some(({ state, about }) => state === 'problem' && about === 'tables')) return database;
  return [
    ...database,
    ...(await examineSettings(knex, config)),
    ...(await examineData(knex, config)),
    ...(await examineRuns(knex)),
  ];
}

async function drop(options: DoctorOptions, command: Command): Promise<void> {
  if (!options.yes) {
    command.error('error: --drop-tables deletes all data of the plugin for good; add --yes if you mean it');
  }
  await withApp((strapi) => dropTables(knexOf(strapi)));
  const dropped =
    'The tables of the plugin are gone. Now run npm uninstall strapi-plugin-clv and take clv out of config/plugins: the next start with the plugin makes them anew.';
  process.stdout.write(options.json ? '{"dropped":true}\n' : `${dropped}\n`);
}
