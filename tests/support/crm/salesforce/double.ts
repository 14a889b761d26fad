import { salesforce as kind } from '../../../../server/src/crm/connectors/salesforce';
import type { CrmDouble, SeedCustomer, SeedDeal } from '../double';
import { type Org, present, type Row } from './org';
import { type Salesforce, type Settings, salesforceServer } from './server';
import { CLIENT_ID, CLIENT_SECRET } from './sign-in';

const PAGE = 5;

export type SalesforceDouble = CrmDouble & { salesforce: Salesforce };

/** A Salesforce org for the contract suite. */
export async function salesforceDouble(change: Partial<Settings> = {}): Promise<SalesforceDouble> {
  const salesforce = await salesforceServer({ pageSize: PAGE, ...change });
  const { org, served, signIn } = salesforce;
  const options = () => ({
    auth: 'client-credentials',
    loginUrl: served.url,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    records: 'contacts',
    split: 'primary',
  });

  return {
    kind,
    salesforce,
    server: served,
    options,
    secrets: [CLIENT_SECRET],
    wrongOptions: () => ({ ...options(), clientSecret: 'not-the-secret-of-the-app' }),
    pageSize: salesforce.settings.pageSize,
    addCustomers: async (customers) =>
      customers.map((customer) => org.insert('Contact', contact(org, customer))),
    addDeals: async (deals) => deals.map((deal) => addDeal(org, deal)),
    changeCustomer: async (id, changed) => org.change(id, contact(org, changed)),
    changeDeal: async (id, changed) => org.change(id, opportunity(org, changed)),
    removeCustomer: async (id) => org.remove(id),
    removeDeal: async (id) => org.remove(id),
    mergeCustomers: async (from, into) => org.merge(from, into),
    insightsOf: async (id) => insights(org.row(id)),
    notesOf: async (id) =>
      org
        .rows('Task')
        .filter((task) => task.WhoId === id)
        .map((task) => String(task.Subject)),
    writes: () => salesforce.writes,
    expireTokens: () => signIn.expire(),
    close: () => served.close(),
  };
}

function contact(org: Org, customer: Partial<SeedCustomer>): Partial<Row> {
  const { email, name, company, createdAt } = customer;
  return {
    ...(email === undefined ? {} : { Email: email }),
    ...(name === undefined ? {} : { Name: name, LastName: name }),
    ...(company === undefined ? {} : { AccountId: org.insert('Account', { Name: company }) }),
    ...(createdAt === undefined ? {} : { CreatedDate: present(createdAt) }),
  };
}

function opportunity(org: Org, deal: Partial<SeedDeal>): Partial<Row> {
  const { amount, currency, won, wonAt, createdAt } = deal;
  return {
    ...(amount === undefined ? {} : { Amount: amount === null ? null : Number(amount) }),
    ...(currency === undefined || !org.multi ? {} : { CurrencyIsoCode: currency }),
    ...(won === undefined
      ? {}
      : { IsWon: won, IsClosed: won, StageName: won ? 'Closed Won' : 'Negotiation/Review' }),
    ...(wonAt === undefined ? {} : { CloseDate: new Date(wonAt).toISOString().slice(0, 10) }),
    ...(createdAt === undefined ? {} : { CreatedDate: present(createdAt) }),
  };
}

function addDeal(org: Org, deal: SeedDeal): string {
  const id = org.insert('Opportunity', { Name: 'Pumps', ...opportunity(org, deal) });
  for (const [i, ContactId] of deal.customers.entries()) {
    org.insert('OpportunityContactRole', { OpportunityId: id, ContactId, IsPrimary: i === 0 });
  }
  return id;
}

function insights(row: Row | undefined): Record<string, unknown> | null {
  const ours = Object.entries(row ?? {}).filter(([name]) => /^clv_.*__c$/.test(name));
  if (ours.length === 0) return null;
  return Object.fromEntries(ours.map(([name, value]) => [name.slice('clv_'.length, -'__c'.length), value]));
}
