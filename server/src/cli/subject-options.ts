import type { Command } from 'commander';
import { firstProblem } from '../identity/identifiers';
import { type Subject, subjectSchema } from '../privacy/subject';

export interface SubjectOptions {
  customer?: string;
  email?: string;
  visitor?: string;
  person?: string;
}

/** Adds the options that say about whom a command is. */
export const withSubject = (command: Command): Command =>
  command
    .option('--customer <id>', 'the customer with this id, and everyone merged with them')
    .option('--email <address>', 'everyone with this email address')
    .option('--visitor <key>', 'one browser alone, by the value of its cookie; whoever it is linked to stays')
    .option('--person <id>', 'the person with this id, and everyone merged with them');

/** The subject that the options name; ends the command when it is not exactly one. */
export function subjectOf(command: Command, { customer, email, visitor, person }: SubjectOptions): Subject {
  const named = Object.entries({ customerId: customer, email, visitor, personId: person });
  const given = named.filter(([, value]) => value !== undefined);
  if (given.length !== 1) {
    command.error('error: name exactly one of --customer, --email, --visitor and --person');
  }
  const subject = subjectSchema.safeParse(Object.fromEntries(given));
  return subject.success ? subject.data : command.error(`error: ${firstProblem(subject.error)}`);
}
