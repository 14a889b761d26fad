import { minorDigits } from '../../clv/convert';
import type { ImportKind } from '../api-types';

/** A file to fill in: the header and two rows that show how values are written, in the report's currency. */
export function templateCsv(kind: ImportKind, currency: string): string {
  const amount = (value: number) => value.toFixed(minorDigits(currency));
  const lines =
    kind === 'orders'
      ? [
          'order_id,customer_id,ordered_at,amount,currency,cost,product_line,channel,status',
          `1001,C-17,2025-01-31,${amount(129.9)},${currency},${amount(64.5)},Courses,newsletter,paid`,
          `1002,C-17,2025-02-03T09:30:00Z,${amount(-29.9)},${currency},,Courses,newsletter,paid`,
        ]
      : [
          'customer_id,email,channel,acquired_at,acquisition_cost,service_cost_per_month,segment,currency',
          `C-17,ada@example.com,newsletter,2024-11-20,${amount(45)},${amount(3.5)},smb,${currency}`,
          `C-18,,search,2025-01-05,,,,${currency}`,
        ];
  return `${lines.join('\n')}\n`;
}
