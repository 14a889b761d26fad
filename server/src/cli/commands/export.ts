import type { Command } from 'commander';
import type { PrivacyService } from '../../privacy/service';
import { serviceOf, withApp } from '../in-app';
import { type SubjectOptions, subjectOf, withSubject } from '../subject-options';

const HELP = `
Run it in the folder of your Strapi app. Prints one JSON document, { exportedAt, sections }: identifiers,
browsers, touches, consent, customers, orders, merges and rejected rows of imports. Emails are there as
keyed hashes, as they are stored; amounts are in minor units.

Example:
  $ clv export --email ada@example.com > ada.json`;

export function exportCommand(program: Command): void {
  const command = program
    .command('export')
    .description('Print everything that is stored about one person or browser, as JSON.')
    .allowExcessArguments(false)
    .addHelpText('after', HELP);
  withSubject(command).action(run);
}

async function run(options: SubjectOptions, command: Command): Promise<void> {
  const subject = subjectOf(command, options);
  const found = await withApp((strapi) => serviceOf<PrivacyService>(strapi, 'privacy').exportPerson(subject));
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
}
