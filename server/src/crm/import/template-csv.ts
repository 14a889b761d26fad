import { minorDigits } from '../../clv/convert';
import type { ImportKind } from '../api-types';

/** A file to fill in: the header and two rows that show how values are written, in the report's currency. */
export function templateCsv(kind: ImportKind, currency: string): string {
  const amount = (value: number) => value.toFixed(minorDigits(currency));
  const lines: Record<ImportKind, string[]> = {
    orders: [
      'order_id,customer_id,ordered_at,amount,currency,cost,product_line,channel,deal_created_at,status',
      `1001,C-17,2025-01-31,${amount(129.9)},${currency},${amount(64.5)},Courses,newsletter,2025-01-14,paid`,
      `1002,C-17,2025-02-03T09:30:00Z,${amount(-29.9)},${currency},,Courses,newsletter,,paid`,
    ],
    customers: [
      'customer_id,email,channel,acquired_at,acquisition_cost,service_cost_per_month,segment,currency,company,nps,ces',
      `C-17,ada@example.com,newsletter,2024-11-20,${amount(45)},${amount(3.5)},smb,${currency},Analytical Engines,9,6`,
      `C-18,,search,2025-01-05,,,,${currency},,,`,
    ],
    costs: [
      'month,channel,amount,currency,product_line,segment',
      `2025-01,newsletter,${amount(350)},${currency},,`,
      `2025-01,search,${amount(1200)},${currency},Courses,smb`,
    ],
    subscriptions: [
      'subscription_id,customer_id,started_at,mrr,currency,ended_at,product_line,billing_months',
      `S-1,C-17,2024-12-01,${amount(49)},${currency},,Membership,1`,
      `S-2,C-18,2025-01-05,${amount(40)},${currency},2025-12-31,Membership,12`,
    ],
  };
  return `${lines[kind].join('\n')}\n`;
}
