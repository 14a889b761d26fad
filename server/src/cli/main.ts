import { Command, CommanderError } from 'commander';
import { version } from '../../../package.json';
import { attributeCommand } from './commands/attribute';
import { doctorCommand } from './commands/doctor';
import { eraseCommand } from './commands/erase';
import { exportCommand } from './commands/export';
import { fitCommand } from './commands/fit';
import { importCommand } from './commands/import';
import { rankCommand } from './commands/rank';
import { refreshCommand } from './commands/refresh';
import { simulateCommand } from './commands/simulate';
import { syncCommand } from './commands/sync';

/** Every command registers itself; a new one is a file in `commands/` and a name here. */
const COMMANDS = [
  attributeCommand,
  eraseCommand,
  exportCommand,
  doctorCommand,
  fitCommand,
  importCommand,
  rankCommand,
  refreshCommand,
  simulateCommand,
  syncCommand,
];

/**
 * Runs the command line.
 *
 * @param argv as `process.argv`
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function main(argv: string[]): Promise<number> {
  const program = new Command('clv')
    .description('Which content goes with customer lifetime value: on files, and in a Strapi app.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('Run the command with --help for its options and an example.')
    .addHelpText('after', '\nNotes and errors go to stderr. Exit code: 0 done, 1 failed, 2 wrong usage.');
  for (const register of COMMANDS) register(program);
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`clv: ${saidOf(error)}\n`);
    return 1;
  }
}

const LONGEST = 2000;

/** What to tell of an error: never a whole statement of SQL with its values. */
function saidOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/SQLITE_BUSY|database is locked/.test(message)) {
    return 'another process writes to this SQLite database. Stop the server first, or do it in the admin.';
  }
  return message.length > LONGEST ? `${message.slice(0, LONGEST)} …` : message;
}
