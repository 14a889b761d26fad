import type { Account } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { hasOpportunities } from './fields';
import type { Tryton } from './rpc';
import { cell, type Row } from './values';

type Right = 'read' | 'write' | 'create' | 'delete';
type Access = Record<string, Record<Right, unknown>>;

const NEEDED: Record<string, Right[]> = {
  'party.party': ['read', 'write'],
  'party.category': ['read', 'create'],
  'sale.sale': ['read'],
  'ir.note': ['read', 'write', 'create', 'delete'],
};

/** Logs in anew, so that a session of old tells nothing, and asks for every right that is needed. */
export async function verify(
  tryton: Tryton,
  { url, database }: { url: string; database: string },
): Promise<Account> {
  await tryton.login();
  await checkRights(tryton);
  const [first] = await tryton.records('ir.lang', [], ['create_date'], 1);
  const company = await companyOf(tryton);
  const currency = company && cell((company['currency.'] as Row | null)?.code);
  return {
    // A database has no id of its own, but the time when it was made, which stays when it moves to another server.
    id: `${database}-${cell(first?.create_date) ?? ''}`,
    name: String(company?.rec_name ?? `${database} (${new URL(url).host})`),
    ...(currency ? { currency: String(currency) } : {}),
  };
}

/** @throws ConnectorError auth when the user may not do what is needed */
export async function checkRights(tryton: Tryton): Promise<void> {
  const models = Object.keys(NEEDED);
  const optional = (await hasOpportunities(tryton)) ? ['sale.opportunity'] : [];
  const access = await tryton.ask<Access>('model.ir.model.access.get_access', [...models, ...optional], {});
  const missing = [...models, ...optional].flatMap((model) =>
    (NEEDED[model] ?? ['read'])
      .filter((right) => !access[model]?.[right])
      .map((right) => `${right} ${model}`),
  );
  if (missing.length === 0) return;
  throw new ConnectorError(
    'auth',
    `The user may not ${missing.join(', ')} in Tryton; add it to a group that may.`,
  );
}

async function companyOf(tryton: Tryton): Promise<Row | undefined> {
  const preferences = await tryton.ask<{ company?: number | null }>(
    'model.res.user.get_preferences',
    true,
    {},
  );
  const only = preferences.company ? [['id', '=', preferences.company]] : [];
  const [company] = await tryton.records('company.company', only, ['rec_name', 'currency.code'], 1);
  return company;
}
