/** A job with the same active key is under way, here or on another node. */
export class JobRunning extends Error {
  constructor(readonly jobId: string) {
    super(`a job of this kind is running already (${jobId}); wait for it or cancel it`);
    this.name = 'JobRunning';
  }
}

/** Somebody asked for the job to end. */
export class JobCancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'JobCancelled';
  }
}

/** The job cannot go on through no fault of its own: the server stops, or another node took its lease for expired. */
export class JobInterrupted extends Error {
  override name = 'JobInterrupted';
}

const SQL = /^\s*(insert|update|delete|select|with|create|drop|alter|begin|commit|pragma|analyze)\b/i;
const LONGEST_REASON = 1000;

/**
 * What an error says, fit for the ledger and the log. Knex puts the whole statement in front of the database's own
 * words, values and all; those may be personal data, so they are cut off.
 */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const words = SQL.test(message) ? (message.split(' - ').at(-1) ?? message) : message;
  return words.slice(0, LONGEST_REASON) || 'unknown error';
}
