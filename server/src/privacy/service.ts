import type { ExperimentsService } from '../activation/experiments/service';
import { configOf } from '../config';
import { forgetOldErrors } from '../crm/import/job-errors';
import type { IdentityService } from '../identity/service';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { noteForgotten } from '../storage/forgotten';
import { tell } from '../storage/news';
import type { TrackingService } from '../tracking/service';
import type { Erased, PersonExport } from './api-types';
import { erasePerson } from './erase-person';
import { exportPerson } from './export-person';
import { claimDay, forgetTouches } from './retention';
import type { Subject } from './subject';

const DAY_MS = 86_400_000;

export type PrivacyService = ReturnType<typeof privacyService>;

/** What a person may ask for, and what goes by itself when its time is over. */
export function privacyService({ strapi }: { strapi: Strapi }) {
  const identity = (): IdentityService => strapi.plugin('clv').service('identity');
  const tracking = (): TrackingService => strapi.plugin('clv').service('tracking');
  const experiments = (): ExperimentsService => strapi.plugin('clv').service('experiments');

  /** What waits in memory would be missing, or be written after an erasure. */
  async function flush(): Promise<void> {
    await tracking().flush();
    await experiments().flush();
  }

  return {
    /** Everything that is stored about a subject. @throws IdentityError when emails cannot be hashed */
    async exportPerson(subject: Subject): Promise<PersonExport> {
      await flush();
      return exportPerson(knexOf(strapi), subject, identity().hashEmail);
    },

    /** Removes it. @throws IdentityError when emails cannot be hashed */
    async erasePerson(subject: Subject): Promise<Erased> {
      await flush();
      const knex = knexOf(strapi);
      // Whoever used a browser stays when it is erased, but what they read with it no longer counts.
      const personIds: string[] =
        'visitor' in subject
          ? await knex('clv_visitor_links').where({ visitor_key: subject.visitor }).pluck('person_id')
          : [];
      const erased = await erasePerson(knex, subject, identity().hashEmail);
      await noteForgotten(knex);
      tell(strapi, { personIds, forgotten: true });
      return erased;
    },

    /** Deletes what is older than the configuration allows, once a day over all nodes. */
    async forgetOld(now = Date.now()): Promise<void> {
      const knex = knexOf(strapi);
      if (!(await claimDay(knex, new Date(now).toISOString().slice(0, 10)))) return;
      await forgetOldErrors(knex, now);
      const { retentionDays } = configOf(strapi).privacy;
      if (retentionDays === false) return;
      const deleted = await forgetTouches(knex, now - retentionDays * DAY_MS);
      if (deleted > 0) {
        await noteForgotten(knex);
        tell(strapi, { forgotten: true });
        strapi.log.info(
          `[clv] deleted ${deleted} touches older than ${retentionDays} days (clv.config.privacy.retentionDays)`,
        );
      }
    },
  };
}
