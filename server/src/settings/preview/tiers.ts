import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { minorDigits } from '../../clv/convert';
import type { Engine } from '../../clv/engine/engine';
import { tierIndex, tierLimits, tierSettings } from '../../clv/kpis/tiers';
import { walkPersons } from '../../clv/runs/walk-persons';
import type { ClvConfig } from '../../config';
import type { TierSize, TiersPreview } from '../api-types';

/** Persons read by one statement. */
const CHUNK = 10_000;
const NO_TIER = -1;

type Measure = Engine['tiers']['of'];
type Row = { kind: string; tier: string | null } & Record<Measure, number | string | null>;

/** Customers of the latest run: their tier there, and their worth by the measure of the run and by that of the draft. */
interface Customers {
  tierNow: number[];
  worthNow: number[];
  worthDraft: number[];
}

async function readCustomers(knex: Knex, { runId, tiers }: Engine, measure: Measure): Promise<Customers> {
  const customers: Customers = { tierNow: [], worthNow: [], worthDraft: [] };
  const columns: (keyof Row)[] = [...new Set<keyof Row>(['kind', 'tier', tiers.of, measure])];
  const places = new Map(tiers.names.map((name, place) => [name, place]));
  for await (const rows of walkPersons<Row>(knex, runId, columns, CHUNK)) {
    for (const row of rows) {
      if (row.kind !== 'customer') continue;
      customers.tierNow.push(row.tier === null ? NO_TIER : (places.get(row.tier) ?? NO_TIER));
      customers.worthNow.push(worthOf(row[tiers.of]));
      customers.worthDraft.push(worthOf(row[measure]));
    }
    await breathe();
  }
  return customers;
}

/** Minor units; NaN when it is not known. */
const worthOf = (value: number | string | null) => (value === null ? Number.NaN : Number(value));

/** Who would be in which tier, by what people are worth in the latest run and since. */
export async function tiersPreview(
  knex: Knex,
  engine: Engine | null,
  draft: Pick<ClvConfig, 'tiers' | 'value'>,
): Promise<TiersPreview> {
  const nothing = { customers: 0, moving: 0, now: [], draft: [], moves: [] };
  if (!engine) return { unknown: 'no run', currency: draft.value.currency, ...nothing };
  const { currency } = engine;
  if (draft.tiers.rule === 'bands' && currency !== draft.value.currency)
    return { unknown: 'bands', currency, ...nothing };

  const unit = 10 ** minorDigits(currency);
  const settings = tierSettings(draft.tiers, unit);
  const { tierNow, worthNow, worthDraft } = await readCustomers(knex, engine, draft.tiers.of);
  const known = Float64Array.from(worthDraft).filter((worth) => !Number.isNaN(worth));
  const { names, limits } = tierLimits(known, settings);
  const tierDraft = worthDraft.map((worth) => (Number.isNaN(worth) ? NO_TIER : tierIndex(worth, limits)));

  const before = engine.tiers.names;
  const moves = movesOf(tierNow, tierDraft, before, names);
  return {
    unknown: null,
    currency,
    customers: tierNow.length,
    moving: moves.reduce((sum, { people }) => sum + people, 0),
    now: sizesOf(before, tierNow, worthNow, unit),
    draft: sizesOf(names, tierDraft, worthDraft, unit),
    moves,
  };
}

function sizesOf(names: string[], tiers: number[], worth: number[], unit: number): TierSize[] {
  const customers = names.map(() => 0);
  const sums = names.map(() => 0);
  tiers.forEach((tier, i) => {
    if (tier === NO_TIER) return;
    customers[tier]! += 1;
    sums[tier]! += worth[i]!;
  });
  return names.map((tier, place) => ({
    tier,
    customers: customers[place]!,
    mean: customers[place]! > 0 ? sums[place]! / customers[place]! / unit : null,
  }));
}

/** Who goes where. With as many tiers as before a tier is its place, so that a new name moves nobody; else it is its name. */
function movesOf(now: number[], draft: number[], before: string[], after: string[]): TiersPreview['moves'] {
  const stays = (from: number, to: number) =>
    before.length === after.length || from === NO_TIER || to === NO_TIER
      ? from === to
      : before[from] === after[to];
  const people = new Map<string, number>();
  now.forEach((from, i) => {
    const to = draft[i]!;
    if (stays(from, to)) return;
    const key = `${from} ${to}`;
    people.set(key, (people.get(key) ?? 0) + 1);
  });
  return [...people]
    .map(([key, count]) => {
      const [from, to] = key.split(' ').map(Number) as [number, number];
      return { from: before[from] ?? null, to: after[to] ?? null, people: count };
    })
    .sort((a, b) => b.people - a.people);
}
