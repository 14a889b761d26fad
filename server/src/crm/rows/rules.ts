import { configOf } from '../../config';
import type { Strapi } from '../../room';

/** What a row is judged by. */
export interface Rules {
  /** The report's currency. */
  currency: string;
  /** Every other currency that has a rate. */
  rates: Record<string, number>;
  /** A bare date begins at midnight here. */
  timezone: string;
  now(): number;
}

export function rulesOf(strapi: Strapi): Rules {
  return { ...configOf(strapi).value, now: Date.now };
}
