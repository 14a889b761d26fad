import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { configOf } from '../../config';
import { hostGuard } from '../../crm/http/guard';
import { vaultOf } from '../../crm/sync/connections/vault';
import { reasonOf } from '../../jobs/errors';
import { seldom } from '../../jobs/seldom';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { every } from '../../tracking/every';
import type { ChangesService } from '../changes/service';
import type { EndpointTest, TriggerInput, TriggerPreview } from './api-types';
import type { Outgoing } from './deliver/body';
import { attempt } from './deliver/endpoint';
import { poster } from './deliver/post';
import { type Clock, type Sender, sendTo } from './deliver/sender';
import { baselineStep, withoutBaseline } from './evaluate/baseline';
import { judgeDue } from './evaluate/due';
import { latestRuler } from './evaluate/engines';
import { type Evaluation, evaluate } from './evaluate/evaluate';
import { previewOf } from './preview';
import { knownEndpoint } from './store/change-endpoint';
import { dueDestinations } from './store/deliveries';
import { pruneMessages } from './store/prune';

const LOOK_MS = 1_000;
const PRUNE_MS = 6 * 3_600_000;

export type TriggersService = ReturnType<typeof triggersService>;

/** Finds out who crossed, and sends what was made of it. Every node does both; what is under way is held by one. */
export function triggersService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const rulerOf = latestRuler();
  const evaluation: Evaluation = {
    get config() {
      return configOf(strapi);
    },
    rulerOf,
  };
  const owner = randomUUID();
  const ending = new AbortController();
  /** Destinations that something is sent to now. */
  const underWay = new Map<string, Promise<void>>();
  let endings: (() => void)[] = [];
  let judging: Promise<unknown> = Promise.resolve();

  const say = seldom((error: unknown) =>
    strapi.log.error(`[clv] triggers could not be looked at, or their messages not sent: ${reasonOf(error)}`),
  );
  function report(error: unknown): void {
    if (!ending.signal.aborted) say(error);
  }

  const guard = () =>
    hostGuard(configOf(strapi).activation.privateHosts ?? [], undefined, {
      what: 'receiver of webhooks',
      example: 'https://example.com/hooks/clv',
      setting: 'clv.config.activation.privateHosts',
    });
  const post = poster({ check: (url) => guard().check(url), lookupFor: (url) => guard().lookupFor(url) });

  function emit(message: Outgoing): void {
    strapi.eventHub.emit(message.type, message).catch((error: unknown) => {
      strapi.log.warn(`[clv] a listener of ${message.type} failed: ${reasonOf(error)}`);
    });
  }

  const sender = (clock: Partial<Clock>): Sender => ({
    knex: knex(),
    config: configOf(strapi),
    owner,
    post,
    open: (sealed) => vaultOf(strapi).open(sealed),
    emit,
    signal: ending.signal,
    now: Date.now,
    random: Math.random,
    ...clock,
  });

  async function judgeAll(now: number): Promise<void> {
    for (const id of await withoutBaseline(knex())) {
      while (!ending.signal.aborted && !(await baselineStep(evaluation, knex(), id, now))) await breathe();
    }
    const passed = new Set<string>();
    while (!ending.signal.aborted) {
      const judged = await judgeDue(evaluation, knex(), now, passed, report);
      if (judged.length === 0) return;
      for (const id of judged) passed.add(id);
      await breathe();
    }
  }

  /** One after the other on this node. */
  function judge(now = Date.now()): Promise<void> {
    const result = judging.then(() => judgeAll(now));
    judging = result.catch(() => undefined);
    return result;
  }

  /** Each destination is sent to once at a time by a node, and none waits for another. */
  async function begin(clock: Partial<Clock>): Promise<Promise<void>[]> {
    const sending = sender(clock);
    const destinations = await dueDestinations(knex(), sending.now());
    return destinations.map((destination) => {
      const running = underWay.get(destination);
      if (running) return running;
      const begun = sendTo(sending, destination).finally(() => underWay.delete(destination));
      underWay.set(destination, begun);
      return begun;
    });
  }

  async function sendInBackground(): Promise<void> {
    for (const running of await begin({})) running.catch(report);
  }

  return {
    /** Begins to hear of changed persons, and to look at the clock. */
    open(): void {
      const changes: ChangesService = strapi.plugin('clv').service('changes');
      changes.handle('triggers', async (trx, personIds, now) => {
        await evaluate(evaluation, trx, personIds, now);
      });
      endings = [
        every(LOOK_MS, () => judge(), report),
        every(LOOK_MS, sendInBackground, report),
        every(PRUNE_MS, async () => void (await pruneMessages(knex(), configOf(strapi), Date.now())), report),
      ];
    },

    /** What is on its way to a receiver is left to another node, or to the next start. */
    async close(): Promise<void> {
      for (const end of endings) end();
      endings = [];
      ending.abort();
      await Promise.allSettled([judging, ...underWay.values()]);
    },

    /** Looks at everyone for triggers that are new, and at those whose time has come. */
    judge,

    /** Sends what is due, and waits until that is done. @param clock another one, for tests */
    async send(clock: Partial<Clock> = {}): Promise<void> {
      await Promise.all(await begin(clock));
    },

    /** @throws ConnectorError config when an address must not be called */
    checkAddress: (url: string): void => void guard().check(url),

    /** Whom a trigger would be about, were it made now. */
    async preview(input: TriggerInput): Promise<TriggerPreview> {
      return previewOf(knex(), input, await rulerOf(knex()), Date.now());
    },

    /** Sends an endpoint a message of the type `clv.test`. */
    async test(endpointId: string): Promise<EndpointTest> {
      const endpoint = await knownEndpoint(knex(), endpointId);
      const begun = Date.now();
      const timestamp = new Date(begun).toISOString();
      const body = JSON.stringify({
        type: 'clv.test',
        timestamp,
        data: { endpoint: { id: endpoint.id, name: endpoint.name } },
      });
      const { status, reason } = await attempt(sender({}), endpoint, randomUUID(), body);
      return { ok: reason === null, status, reason, milliseconds: Date.now() - begun };
    },
  };
}
