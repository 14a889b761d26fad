import type { MarketingCost } from '../../../../server/src/clv/kpis/marketing';
import { monthGrid } from '../../../../server/src/clv/kpis/month-grid';
import { TIER_NAMES, tierSettings } from '../../../../server/src/clv/kpis/tiers';
import type { PersonFacts } from '../../../../server/src/clv/people/facts';
import { buildReport, type KpiReport } from '../../../../server/src/clv/report/build';
import { KpiCollector } from '../../../../server/src/clv/report/collector';
import type { KpiOptions, Prediction } from '../../../../server/src/clv/report/options';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

export const DAY = 86_400_000;
export const NOW = Date.parse('2026-03-10T12:00:00Z');
export const START = Date.parse('2024-01-01T00:00:00Z');

export const OPTIONS: KpiOptions = {
  currency: 'EUR',
  rates: { USD: 0.9137, JPY: 0.00613 },
  timezone: 'Europe/Rome',
  now: NOW,
  discountRate: 0.1,
  targets: { ratio: 3 },
  tiers: { ...tierSettings({ rule: 'quantiles', names: TIER_NAMES }), of: 'total' },
  previous: null,
};

export const grid = (from = START) => monthGrid(from, NOW, OPTIONS.timezone);

export const nobody = (personId: string): PersonFacts => ({
  personId,
  orders: [],
  records: [],
  subscriptions: [],
  touches: [],
});

type Order = PersonFacts['orders'][number];

export const order = (
  personId: string,
  at: number | string,
  amount: number,
  more: Partial<Order> = {},
): Order => ({
  personId,
  at: typeof at === 'string' ? Date.parse(`${at}T12:00:00Z`) : at,
  amount,
  cost: 0,
  currency: 'EUR',
  productLine: null,
  channel: null,
  ...more,
});

export const record = (personId: string, more: Partial<PersonFacts['records'][number]> = {}) => ({
  personId,
  customerId: personId,
  currency: 'EUR',
  acquiredAt: null,
  acquisitionCost: 0,
  serviceCostPerMonth: 0,
  channel: null,
  segment: null,
  ...more,
});

export function reportOf(
  people: PersonFacts[],
  {
    costs = [],
    options = {},
    predict = () => null,
  }: {
    costs?: MarketingCost[];
    options?: Partial<KpiOptions>;
    predict?: (facts: PersonFacts) => Prediction | null;
  } = {},
): KpiReport {
  const collector = new KpiCollector({ ...OPTIONS, ...options }, grid(), costs);
  for (const facts of people) collector.add(facts, predict(facts));
  return buildReport(collector);
}

/** People of every odd kind: refunds alone, none, several currencies, negative margins, orders of the future. */
export function unruly(seed: number, count: number): PersonFacts[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const facts = nobody(`p${String(i).padStart(6, '0')}`);
    const orders = Math.floor(random() ** 3 * 12);
    const start = START + random() * (NOW - START);
    for (let n = 0; n < orders; n++) {
      const refund = random() < 0.15 ? -1 : 1;
      const amount = refund * Math.round(random() ** 2 * 40_000);
      facts.orders.push(
        order(facts.personId, Math.min(NOW + DAY, start + random() * 200 * DAY), amount, {
          cost: Math.round(amount * (random() * 1.3)),
          currency: pick(['EUR', 'EUR', 'USD', 'JPY']),
          productLine: pick([null, 'beans', 'machines', 'courses']),
          channel: pick([null, 'search']),
        }),
      );
    }
    facts.orders.sort((a, b) => a.at - b.at);
    const records = pick([0, 1, 1, 2]);
    for (let n = 0; n < records; n++) {
      facts.records.push(
        record(facts.personId, {
          currency: pick(['EUR', 'USD']),
          acquiredAt: random() < 0.5 ? start : null,
          acquisitionCost: pick([0, 999, 4_321]),
          serviceCostPerMonth: pick([0, 0, 333]),
          channel: pick([null, 'search', 'newsletter', 'fair']),
          segment: pick([null, 'smb', 'office']),
        }),
      );
    }
    if (random() < 0.2) {
      facts.subscriptions.push({
        personId: facts.personId,
        startedAt: start,
        endedAt: random() < 0.5 ? Math.min(NOW, start + random() * 400 * DAY) : null,
        mrr: Math.round(random() * 9_000),
        currency: pick(['EUR', 'USD']),
        billingMonths: 1,
      });
    }
    const touches = Math.floor(random() * 5);
    for (let n = 0; n < touches; n++) {
      facts.touches.push({
        personId: facts.personId,
        contentId: 1 + Math.floor(random() * 9),
        at: start - 30 * DAY + random() * 60 * DAY,
        linkedAt: start,
        kind: pick(['view', 'read', 'download']),
        seconds: 0,
        depth: 0,
        channel: null,
      });
    }
    facts.touches.sort((a, b) => a.at - b.at);
    return facts;
  });
}
