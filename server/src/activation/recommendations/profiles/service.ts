import { personsOf } from '../../../clv/live/persons-of';
import type { LiveService } from '../../../clv/live/service';
import { waiting } from '../../../clv/live/waiting';
import { personOfCustomer } from '../../../clv/queries/person-of-customer';
import { latestRunId } from '../../../clv/runs/latest';
import type { TierChange } from '../../../clv/runs/tier-changes';
import { configOf } from '../../../config';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { listen, type Told } from '../../../storage/news';
import { every } from '../../../tracking/every';
import type { ExperimentsService } from '../../experiments/service';
import { profileCache } from './cache';
import { type LoadOptions, loadPerson, loadVisitor } from './load';
import type { Profile } from './profile';
import { valueThirds } from './queries/value';

const REFRESH_MS = 2_000;
const NEWS_MS = 200;
/** Identifiers that may wait; what finds no room is noticed when profiles expire. */
const CAPACITY = 20_000;
const AT_ONCE = 500;

const keyOfVisitor = (visitorKey: string) => `visitor:${visitorKey}`;
const keyOfPerson = (personId: string) => `person:${personId}`;

/**
 * What may be used of visitors and customers, in memory. It is read anew at once when this node stores something of them, and
 * after half a minute for what other nodes do.
 */
export function profileService(strapi: Strapi, report: (error: unknown) => void) {
  const cache = profileCache();
  const news = waiting(CAPACITY);
  let run: Pick<LoadOptions, 'runId' | 'thirds'> = { runId: null, thirds: null };
  let endings: (() => void)[] = [];
  const knex = () => knexOf(strapi);
  const experiments = (): ExperimentsService => strapi.plugin('clv').service('experiments');
  const live = (): LiveService => strapi.plugin('clv').service('live');

  const options = (): LoadOptions => ({
    knex: knex(),
    rules: configOf(strapi),
    ...run,
    assignmentsOf: (personId, visitorKeys) => experiments().assignmentsOf(knex(), personId, visitorKeys),
  });

  function hear(told: Told): void {
    if (told.forgotten) cache.clear();
    cache.dropKeys((told.visitorKeys ?? []).map(keyOfVisitor));
    cache.dropPersons(told.personIds ?? []);
    news.add(told);
  }

  const tierChanged = async ({ personId }: TierChange) => cache.dropPersons([personId]);

  /** News name customers and browsers: here the persons are found whose profiles they change, by what they are worth now too. */
  async function heed(): Promise<void> {
    for (let some = news.take(AT_ONCE); some; some = news.take(AT_ONCE)) {
      const persons = await personsOf(knex(), some);
      cache.dropPersons(persons);
      await live().flush();
      cache.dropPersons(persons);
    }
  }

  async function refresh(): Promise<void> {
    const runId = await latestRunId(knex());
    if (runId === run.runId) return;
    run = { runId, thirds: runId === null ? null : await valueThirds(knex(), runId) };
    cache.clear();
  }

  return {
    /** Of a browser; null where nothing may be used of it. */
    ofVisitor: (visitorKey: string): Promise<Profile | null> =>
      cache.get(keyOfVisitor(visitorKey), () => loadVisitor(options(), visitorKey)),

    /** Of a customer by our key; null of those who are not known, or denied consent. */
    async ofCustomer(customerId: string): Promise<Profile | null> {
      const found = await personOfCustomer(knex(), customerId);
      if (!found) return null;
      return cache.get(keyOfPerson(found.personId), () => loadPerson(options(), found.personId));
    },

    /** Waits until all that was heard so far is heeded. */
    async settle(): Promise<void> {
      await refresh();
      await heed();
    },

    async start(): Promise<void> {
      await refresh();
      strapi.eventHub.on('clv.tier.changed', tierChanged);
      endings = [
        listen(strapi, hear),
        every(NEWS_MS, heed, report),
        every(REFRESH_MS, refresh, report),
        () => strapi.eventHub.off('clv.tier.changed', tierChanged),
      ];
    },

    stop(): void {
      for (const end of endings) end();
      endings = [];
      cache.clear();
    },
  };
}
