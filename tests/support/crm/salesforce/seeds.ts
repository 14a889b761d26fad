import { expect } from 'vitest';
import type {
  Connector,
  ConnectorTools,
  CrmRow,
  Insight,
  Note,
  Page,
} from '../../../../server/src/crm/connector';
import { ConnectorError } from '../../../../server/src/crm/connector-error';
import { INSIGHT_FIELDS } from '../../../../server/src/crm/insight-fields';
import type { SeedCustomer, SeedDeal } from '../double';
import { toolsFor } from '../tools';
import type { SalesforceDouble } from './double';

const DAY = 86_400_000;

/** A connector with some options and tools changed; by default each has its own place for tokens. */
export function connectorTo(
  double: SalesforceDouble,
  options: Record<string, unknown> = {},
  tools: Partial<ConnectorTools> = {},
): Connector {
  const { kind } = double;
  return kind.create(kind.options.parse({ ...double.options(), ...options }), toolsFor(double, tools));
}

export const person = (i: number): SeedCustomer => ({
  email: `p${i}@example.com`,
  name: `Person ${i}`,
  createdAt: Date.now() - DAY,
});

export const won = (customers: string[], amount: number): SeedDeal => ({
  customers,
  amount,
  currency: 'EUR',
  won: true,
  wonAt: Date.UTC(2026, 4, 17),
  createdAt: Date.UTC(2026, 3, 1),
});

export function insight(customerId: string, change: Partial<Insight['values']> = {}): Insight {
  const none = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];
  return { customerId, values: { ...none, tier: 'gold', ...change } };
}

/** One with a title that is longer than a task's subject may be. */
export const note = (customerId: string, key: string): Note => ({
  customerId,
  key,
  at: Date.UTC(2026, 5, 1),
  title: `White paper downloaded: ${'The water handbook '.repeat(20)}`,
  text: 'The water handbook',
});

/** What some work fails with. */
export async function failure(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error, 'it should have failed').toBeInstanceOf(ConnectorError);
  return error;
}

export const ordersOf = (pages: Page[]): CrmRow[] =>
  pages.flatMap((page) => page.records).flatMap(({ orders }) => orders ?? []);
export const idsOf = (pages: Page[]): string[] => pages.flatMap((page) => page.records).map(({ id }) => id);
