import { configOf } from '../config';
import type { Strapi } from '../room';
import { attributionSettings } from './attribution/settings';
import type { RankingTaskData } from './rank.task';
import { SLICED_BY } from './sliced-by';

/** What the configuration asks of a run that begins now. */
export function taskData(strapi: Strapi, now: number): RankingTaskData {
  const config = configOf(strapi);
  const { currency, rates, timezone } = config.value;
  const { value, fdr, landmarkDate, slices } = config.ranking;
  return {
    now,
    value,
    fdr,
    landmarkDate: landmarkDate ?? null,
    currency,
    rates,
    timezone,
    attribution: attributionSettings(config),
    slices: slices ?? [...SLICED_BY],
  };
}
