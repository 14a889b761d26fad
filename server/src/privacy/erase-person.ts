import type { Knex } from 'knex';
import { emptyInCrms } from '../crm/sync/push/erasure';
import { atomically } from '../identity/atomically';
import type { Erased } from './api-types';
import { importErrorsOf } from './import-errors';
import { IMPORT_ERRORS, PERSONAL_TABLES } from './personal-columns';
import { scopeOf } from './scope';
import type { Subject } from './subject';

const allOf = (rows: Knex.QueryBuilder) => rows;

/**
 * Removes everything about a subject, in one transaction. What stays leads back to nobody: totals over all persons, and
 * that a browser denied consent.
 *
 * @returns how many rows went, by section of the export
 */
export function erasePerson(
  knex: Knex,
  subject: Subject,
  hashEmail: (email: string) => string,
): Promise<Erased> {
  return atomically(knex, async (trx) => {
    const scope = await scopeOf(trx, subject, hashEmail);
    const erased: Erased = { [IMPORT_ERRORS.section]: 0 };
    // First, since the order ids that they may name go with the orders.
    for await (const errors of importErrorsOf(trx, scope)) {
      const ids = errors.map(({ id }) => id);
      erased[IMPORT_ERRORS.section] += await trx(IMPORT_ERRORS.table).whereIn('id', ids).delete();
    }
    await emptyInCrms(trx, scope.customerIds);
    for (const { section, rows, erased: those = allOf } of PERSONAL_TABLES) {
      erased[section] = Number(await those(rows(trx, scope)).delete());
    }
    return erased;
  });
}
