import type { ConnectorKind } from '../../../server/src/crm/connector';
import type { Served } from './served';

export interface SeedCustomer {
  email: string | null;
  name: string;
  company?: string;
  createdAt: number;
}

export interface SeedDeal {
  /** Ids as `addCustomers` gave them; the first one is the primary contact. */
  customers: string[];
  /** As the CRM's API gives it: some give text, some numbers, all of them null at times. */
  amount: string | number | null;
  currency: string;
  won: boolean;
  wonAt: number;
  createdAt: number;
}

/** A CRM for the contract suite: a real one where it can be had, else a server on loopback as strict as the vendor's. */
export interface CrmDouble {
  // biome-ignore lint/suspicious/noExplicitAny: the suite does not care for the options of a kind
  kind: ConnectorKind<any>;
  server: Served;
  /** Options that work; `secrets` are the texts among them that nobody may ever see. */
  options(): Record<string, unknown>;
  secrets: string[];
  /** Options with credentials that the CRM refuses. */
  wrongOptions(): Record<string, unknown>;
  /** Records that one page holds at most. */
  pageSize: number;

  /** Makes records as a user of the CRM would, at the CRM's own present time. @returns their ids, in this order */
  addCustomers(customers: SeedCustomer[]): Promise<string[]>;
  addDeals(deals: SeedDeal[]): Promise<string[]>;
  changeCustomer(id: string, change: Partial<SeedCustomer>): Promise<void>;
  changeDeal(id: string, change: Partial<SeedDeal>): Promise<void>;
  removeCustomer(id: string): Promise<void>;
  removeDeal(id: string): Promise<void>;
  /** Undefined where the CRM cannot. */
  mergeCustomers?(from: string, into: string): Promise<void>;

  /** What the CRM holds of our insights, by field name without `clv_`; null when it holds nothing. */
  insightsOf(customerId: string): Promise<Record<string, unknown> | null>;
  /** Titles of our notes. */
  notesOf(customerId: string): Promise<string[]>;

  /** How many requests changed something in the CRM. */
  writes(): number;
  /** Makes every access token that was handed out worthless, where the kind has such. */
  expireTokens?(): void;
  close(): Promise<void>;
}
