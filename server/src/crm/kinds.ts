import { IdentityError } from '../identity/identity-error';
import type { ImportKind } from './api-types';
import { costParser } from './rows/cost';
import { customerParser } from './rows/customer';
import { orderParser } from './rows/order';
import type { Parsed } from './rows/row-parser';
import type { Rules } from './rows/rules';
import { subscriptionParser } from './rows/subscription';
import { COSTS, costStatement } from './store/costs';
import { customerStatement, customersIn } from './store/customers';
import { ORDERS } from './store/orders';
import type { Statement } from './store/plan-writes';
import { SUBSCRIPTIONS } from './store/subscriptions';
import type { Table } from './store/table';

/** How rows of one kind are read, and where they are kept. */
export interface Kind {
  table: Table;
  read(raw: unknown): Parsed<Statement>;
  /** Whether each of its rows is about a customer. */
  persons: boolean;
}

export function kindsIn(rules: Rules, hashEmail: (email: string) => string): Record<ImportKind, Kind> {
  const customer = customerParser(rules);
  const cost = costParser(rules);
  return {
    orders: { table: ORDERS, read: orderParser(rules), persons: true },
    subscriptions: { table: SUBSCRIPTIONS, read: subscriptionParser(rules), persons: true },
    costs: {
      table: COSTS,
      persons: false,
      read(raw) {
        const parsed = cost(raw);
        return 'row' in parsed ? { row: costStatement(parsed.row) } : parsed;
      },
    },
    customers: {
      table: customersIn(rules.currency),
      persons: true,
      read(raw) {
        const parsed = customer(raw);
        if (!('row' in parsed)) return parsed;
        try {
          return { row: customerStatement(parsed.row, hashEmail, rules.currency) };
        } catch (error) {
          if (!(error instanceof IdentityError)) throw error;
          return { field: 'email', reason: `email cannot be kept: ${error.message}` };
        }
      },
    },
  };
}
