import { z } from 'zod';
import { currencyIn } from './currency';
import { cost, label, month, needed, optional } from './fields';
import { rowParser } from './row-parser';
import type { Rules } from './rules';

const schemaFor = (rules: Rules, currency: string | null) =>
  z.object(
    {
      month: needed('write it like 2026-01', month(rules)),
      channel: needed('say what the money was spent on', label),
      amount: needed('write it like 1234.50', cost(currency)),
      currency: needed('write it like EUR', currencyIn(rules)),
      product_line: optional(label),
      segment: optional(label),
    },
    { error: 'is not an object of columns' },
  );

/** What a channel cost in a month; a product line or segment that is not said is none. */
export type Cost = z.output<ReturnType<typeof schemaFor>>;

/** Reads costs with the columns of the CSV contract (`month`, `channel`, …), from a file or a request. */
export const costParser = (rules: Rules) => rowParser<Cost>(rules, (currency) => schemaFor(rules, currency));
