import type { PulledRecord } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import { withCost } from '../shared/cost';
import { divided } from './columns';
import { hasOpportunities } from './fields';
import type { TrytonOptions } from './options';
import type { Tryton } from './rpc';
import { propertyOf, type Row } from './values';
import type { Source } from './walk';

/** From here on a customer has bought; a sale that is cancelled or a draft again has no order. */
const SOLD = new Set(['confirmed', 'processing', 'done']);
const ORIGIN = 'sale.opportunity,';

/**
 * Sales that are confirmed, with what is mapped of the opportunity that they were made of. Opportunities that were won
 * without any sale count as orders of their own when the options say so.
 */
export async function ordersOf(
  tryton: Tryton,
  columns: Columns,
  { wonOpportunities }: TrytonOptions,
): Promise<Source[]> {
  const known = await hasOpportunities(tryton);
  const sources = [sales(tryton, columns, known)];
  if (known && wonOpportunities === 'count') sources.push(opportunities(columns));
  return sources;
}

function sales(tryton: Tryton, columns: Columns, opportunitiesKnown: boolean): Source {
  const { own, ofOpportunity } = divided(columns);

  async function originsOf(rows: Row[]): Promise<Map<string, Row>> {
    const origins = rows.map(({ origin }) => String(origin)).filter((origin) => origin.startsWith(ORIGIN));
    const fields = propertiesOf(ofOpportunity);
    if (!opportunitiesKnown || origins.length === 0 || fields.length === 0) return new Map();
    const ids = origins.map((origin) => Number(origin.slice(ORIGIN.length)));
    const found = await tryton.records('sale.opportunity', [['id', 'in', ids]], fields);
    return new Map(found.map((row) => [`${ORIGIN}${row.id}`, row]));
  }

  return {
    model: 'sale.sale',
    prefix: '',
    domain: [],
    parts: [],
    fields: ['state', 'party', 'origin', ...propertiesOf(own)],
    async pageOf(rows) {
      const origins = await originsOf(rows);
      const records = rows.map((sale): PulledRecord => {
        const id = String(sale.id);
        if (!SOLD.has(String(sale.state))) return { id, orders: [] };
        const origin = origins.get(String(sale.origin));
        const row = {
          ...mapped(sale, own, propertyOf),
          ...(origin ? mapped(origin, ofOpportunity, propertyOf) : {}),
        };
        return { id, orders: [withCost({ order_id: id, customer_id: String(sale.party), ...row })] };
      });
      return { records };
    },
  };
}

const PREFIX = 'opportunity-';

function opportunities(columns: Columns): Source {
  const own: Columns = {
    ...divided(columns).ofOpportunity,
    ordered_at: 'end_date',
    amount: 'amount',
    currency: 'currency.code',
  };
  return {
    model: 'sale.opportunity',
    prefix: PREFIX,
    domain: [],
    parts: [],
    fields: ['state', 'party', 'sales', ...propertiesOf(own)],
    async pageOf(rows) {
      const records = rows.map((deal): PulledRecord => {
        const id = `${PREFIX}${deal.id}`;
        const counts = deal.state === 'won' && (deal.sales as number[]).length === 0;
        if (!counts) return { id, orders: [] };
        const row = mapped(deal, own, propertyOf);
        return { id, orders: [withCost({ order_id: id, customer_id: String(deal.party), ...row })] };
      });
      return { records };
    },
  };
}
