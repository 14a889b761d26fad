import { minorDigits } from '../../../../clv/convert';
import { localDaysIn } from '../../../../clv/models/local-days';
import type { PersonValueRow } from '../../../../clv/runs/person-rows';
import type { Values } from './payload';
import { type Reading, type ReadingDistribution, scoreOf } from './reading';

export interface Person {
  row: PersonValueRow;
  /** Days since 1970-01-01. */
  nextOrderDay: number | null;
  reading: Reading;
  /** Names of the segments that CRMs are told of. */
  segments: string | null;
}

export interface ValueRules {
  currency: string;
  timezone: string;
  distribution: ReadingDistribution;
  /** By the number of the item. */
  titles: ReadonlyMap<string, string>;
}

const DAY = 86_400_000;
/** Beyond a per cent a chance is noise of the fit, and would be sent anew every night. */
const PER_CENT = 100;

/** The same for money beyond so many figures. */
const FIGURES = 3;

/** Minor units, rounded to the figures that are told. */
function rounded(minor: number): number {
  const digits = Math.floor(Math.log10(Math.max(1, Math.abs(minor)))) + 1;
  const step = 10 ** Math.max(0, digits - FIGURES);
  return Math.round(minor / step) * step;
}

/**
 * What a CRM is told of persons: money in major units to three figures, chances to the per cent, and times as the day on which
 * they fall in the report's time zone (its midnight in UTC).
 */
export function valuesTold({ currency, timezone, distribution, titles }: ValueRules) {
  const unit = 10 ** minorDigits(currency);
  const localDay = localDaysIn(timezone);
  const money = (minor: number | null) => (minor === null ? null : rounded(minor) / unit);
  const day = (time: number | null) => (time === null ? null : localDay(time) * DAY);
  const title = (item: number | null) => (item === null ? null : (titles.get(String(item)) ?? null));

  return ({ row, nextOrderDay, reading, segments }: Person): Values => {
    const pAlive = row.kind === 'customer' ? row.pAlive : null;
    const hundredths = pAlive === null ? null : Math.round(pAlive * PER_CENT);
    return {
      predicted: money(row.predicted),
      total: money(row.total),
      p_alive: hundredths === null ? null : hundredths / PER_CENT,
      churn_risk: hundredths === null ? null : (PER_CENT - hundredths) / PER_CENT,
      tier: row.tier,
      stage: row.stage,
      segments,
      next_order_at: nextOrderDay === null ? null : nextOrderDay * DAY,
      reading_score: reading.lastAt === null ? null : scoreOf(reading.attention, distribution),
      last_content: title(reading.last),
      top_content: title(reading.top),
      first_content_at: day(reading.firstAt),
      last_content_at: day(reading.lastAt),
    };
  };
}
