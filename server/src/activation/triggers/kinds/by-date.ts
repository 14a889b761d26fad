import { type Before, type Crossing, type Judgement, SELF } from './standing';

/** Something of a person that time alone makes due. */
export interface Appointment {
  subject: string;
  dueAt: number;
  change: Crossing['change'];
}

export const DUE = 'due';
const WAITING = 'waiting';
/** Of the person as such, who was looked at. */
const SEEN = 'seen';

/**
 * Judges what becomes due: each appointment once. It crosses when its time comes, also if it was put forward; one that is put
 * off after that stays due.
 *
 * @param stale whether an appointment that was not known before is history already, and no news to anybody
 */
export function byDate(
  appointments: readonly Appointment[],
  before: ReadonlyMap<string, Before>,
  now: number,
  stale: (appointment: Appointment) => boolean,
): Judgement {
  const judgement: Judgement = { standings: [{ subject: SELF, side: SEEN, dueAt: null }], crossings: [] };
  for (const appointment of appointments) {
    const { subject, dueAt, change } = appointment;
    const last = before.get(subject)?.side;
    const due = last === DUE || dueAt <= now;
    judgement.standings.push({ subject, side: due ? DUE : WAITING, dueAt: due ? null : dueAt });
    if (due && last !== DUE && (last === WAITING || !stale(appointment))) {
      judgement.crossings.push({ subject, change });
    }
  }
  return judgement;
}
