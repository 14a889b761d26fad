import type { Account } from '../../connector';
import type { Api } from './api';
import type { SalesforceOptions } from './options';
import { hasField } from './record';

/** Signs in, and asks for the org and for one record of all that is pulled: that needs every right that pulling needs. */
export async function verify(api: Api, { records, currency }: SalesforceOptions): Promise<Account> {
  await api.signIn();
  const [org] = (await api.query('SELECT Id, Name FROM Organization LIMIT 1')).records;
  const objects = [
    'Contact',
    'Opportunity',
    'OpportunityContactRole',
    ...(records === 'contacts' ? [] : ['Lead']),
  ];
  for (const object of objects) await api.query(`SELECT Id FROM ${object} LIMIT 1`, true);
  const own = (await corporateCurrency(api)) ?? (currency || null);
  return { id: org!.Id, name: String(org!.Name), ...(own ? { currency: own } : {}) };
}

/** Of an org with several currencies; one with a single currency does not tell it. */
async function corporateCurrency(api: Api): Promise<string | null> {
  if (!hasField(await api.describe('Opportunity'), 'CurrencyIsoCode')) return null;
  const [type] = (await api.query('SELECT IsoCode FROM CurrencyType WHERE IsCorporate = TRUE')).records;
  return type ? String(type.IsoCode) : null;
}
