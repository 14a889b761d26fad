import type { CrmField, Stream } from '../../connector';
import { OPPORTUNITY } from './columns';
import type { Tryton } from './rpc';

interface FieldInfo {
  type: string;
  string: string;
}

const TYPES: Record<string, CrmField['type']> = {
  char: 'text',
  text: 'text',
  integer: 'number',
  float: 'number',
  numeric: 'money',
  date: 'date',
  datetime: 'date',
  timestamp: 'date',
  selection: 'choice',
  many2one: 'choice',
};

/** What columns may be mapped to: fields with a value of their own, and the names of records that others refer to. */
export async function fieldsOf(tryton: Tryton): Promise<Record<Stream, CrmField[]>> {
  const customers = await fieldsOfModel(tryton, 'party.party');
  const sales = await fieldsOfModel(tryton, 'sale.sale');
  const currency: CrmField = { name: 'currency.code', label: 'Currency', type: 'choice' };
  const opportunities = (await hasOpportunities(tryton))
    ? await fieldsOfModel(tryton, 'sale.opportunity')
    : [];
  const ofOpportunity = opportunities.map((field) => ({
    ...field,
    name: `${OPPORTUNITY}${field.name}`,
    label: `Opportunity: ${field.label}`,
  }));
  return { customers, orders: [...sales, currency, ...ofOpportunity], subscriptions: [] };
}

async function fieldsOfModel(tryton: Tryton, model: string): Promise<CrmField[]> {
  const fields = await tryton.ask<Record<string, FieldInfo>>(`model.${model}.fields_get`, [], {});
  return Object.entries(fields).flatMap(([name, { type, string: label }]) => {
    const known = TYPES[type];
    if (!known) return [];
    return [{ name: type === 'many2one' ? `${name}.rec_name` : name, label, type: known }];
  });
}

/** Opportunities are a module that not every Tryton has. */
export async function hasOpportunities(tryton: Tryton): Promise<boolean> {
  return (
    (await tryton.ask<number>('model.ir.model.search_count', [['model', '=', 'sale.opportunity']], {})) > 0
  );
}
