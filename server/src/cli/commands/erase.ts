import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Erased } from '../../privacy/api-types';
import type { PrivacyService } from '../../privacy/service';
import type { Subject } from '../../privacy/subject';
import { serviceOf, withApp } from '../in-app';
import { type SubjectOptions, subjectOf, withSubject } from '../subject-options';

interface EraseOptions extends SubjectOptions {
  yes?: true;
  json?: true;
}

const HELP = `
Run it in the folder of your Strapi app. Shows how many rows would go and asks first. What stays leads
back to nobody: totals over all persons, and that a browser denied consent. Orders go too.

Erase the person in the shop and the CRM first: the next import would bring them back. Backups of the
database are yours to deal with. On SQLite stop the server first, or erase in the admin API
(POST /clv/people/erase): two processes cannot write to one SQLite database at a time.

Example:
  $ clv erase --customer C-1042`;

export function eraseCommand(program: Command): void {
  const command = program
    .command('erase')
    .description('Remove everything that is stored about one person or browser.')
    .option('--yes', 'do not ask')
    .option('--json', 'print how many rows went as one JSON document, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP);
  withSubject(command).action(run);
}

const table = (counts: Erased): string =>
  Object.entries(counts)
    .map(([section, rows]) => `  ${section.padEnd(16)}${String(rows).padStart(8)}`)
    .join('\n');

/** Shows what would go and asks; only "yes" is a yes. */
async function confirmed(privacy: PrivacyService, subject: Subject): Promise<boolean> {
  const { sections } = await privacy.exportPerson(subject);
  const counts = Object.entries(sections).map(([section, rows]) => [section, rows.length]);
  process.stderr.write(`Rows about them:\n${table(Object.fromEntries(counts))}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Erase them for good? Type yes: ');
  terminal.close();
  return answer.trim() === 'yes';
}

async function run(options: EraseOptions, command: Command): Promise<void> {
  const subject = subjectOf(command, options);
  if (!options.yes && !process.stdin.isTTY) command.error('error: nobody is there to confirm; add --yes');
  const erased = await withApp(async (strapi) => {
    const privacy = serviceOf<PrivacyService>(strapi, 'privacy');
    if (!options.yes && !(await confirmed(privacy, subject))) throw new Error('nothing was erased');
    return privacy.erasePerson(subject);
  });
  if (Object.values(erased).every((rows) => rows === 0)) {
    throw new Error('nothing is stored about them, so nothing was erased; is it spelt right?');
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ erased })}\n` : `Rows that went:\n${table(erased)}\n`,
  );
}
