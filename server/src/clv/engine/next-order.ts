import { converter } from '../convert';
import { localDaysIn } from '../models/local-days';
import { medianNextOrder } from '../models/next-order';
import { DAYS_PER } from '../models/units';
import type { PaidOrder } from '../people/paid-orders';
import { MODELS } from './buying';
import type { Engine } from './engine';
import { historiesOf } from './histories';

const DAY = 86_400_000;
/** In days; what is told is a day. */
const PRECISION = 0.05;

/** The day on which somebody's next order is to be expected, as days since 1970-01-01; null where nothing tells. */
export type NextOrderDay = (personId: string, orders: PaidOrder[], now: number) => number | null;

/** By the models of an engine; those with the same history are asked for once. */
export function nextOrderDays(engine: Engine): NextOrderDay {
  const { buying, unit, horizonDays, timezone } = engine;
  if (!buying || !('model' in buying)) return () => null;
  const model = MODELS[buying.model];
  const convert = converter(engine);
  const localDay = localDaysIn(timezone);
  const perUnit = DAYS_PER[unit];
  const known = new Map<string, number | null>();

  function historyOf(personId: string, orders: PaidOrder[], now: number) {
    const facts = { personId, orders, records: [], subscriptions: [], touches: [] };
    try {
      return historiesOf([facts], engine, convert, now)[0];
    } catch {
      // An order in a currency without a rate; the value engine says so, and keeps the row there is.
      return undefined;
    }
  }

  return (personId, orders, now) => {
    const history = historyOf(personId, orders, now);
    if (!history) return null;
    const key = `${history.frequency}/${history.recency}/${history.age}`;
    let wait = known.get(key);
    if (wait === undefined) {
      const median = medianNextOrder(
        model,
        buying.parameters,
        history,
        horizonDays / perUnit,
        PRECISION / perUnit,
      );
      wait = median === null ? null : median * perUnit;
      known.set(key, wait);
    }
    return wait === null ? null : localDay(now + wait * DAY);
  };
}
