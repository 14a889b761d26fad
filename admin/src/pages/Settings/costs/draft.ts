import type { CostInput, ListedCost } from '../../../../../server/src/crm/costs/api-types';
import type { MessageId } from '../../../text';

/** What stands in the fields of the form. */
export type CostDraft = Record<keyof CostInput['cost'], string>;
export type Faults = Partial<Record<keyof CostDraft, MessageId>>;

/** As long as the table keeps names. */
export const LONGEST_NAME = 64;
/** In minor units, as the server has it. */
const LARGEST = 1e13;
const FIRST_MONTH = '1970-01';

/** `2026-03` of a moment, by the clock of this browser. */
const monthOf = (at: Date) => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`;

/** The last month that is over: its costs are known. */
export const lastMonth = (now: Date) => monthOf(new Date(now.getFullYear(), now.getMonth() - 1, 1));

export const newDraft = (month: string, currency: string): CostDraft => ({
  month,
  channel: '',
  amount: '',
  currency,
  product_line: '',
  segment: '',
});

export const draftOf = (cost: ListedCost): CostDraft => ({
  month: cost.month,
  channel: cost.channel,
  amount: cost.amount,
  currency: cost.currency,
  product_line: cost.product_line ?? '',
  segment: cost.segment ?? '',
});

/** Decimals of the currency's smallest unit: 2 of EUR, 0 of JPY. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** A point or a comma before the decimals. */
const amountOf = (typed: string) => typed.trim().replace(',', '.');

function faultOfAmount({ amount, currency }: CostDraft): MessageId | undefined {
  const text = amountOf(amount);
  if (text === '') return 'clv.settings.costs.wrong.amount.empty';
  if (/^-\d*\.?\d*$/.test(text)) return 'clv.settings.costs.wrong.amount.negative';
  const [, whole = '', decimals = ''] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + decimals === '') return 'clv.settings.costs.wrong.amount';
  const allowed = decimalsOf(currency);
  if (decimals.length > allowed) return 'clv.settings.costs.wrong.amount.decimals';
  // Where a currency has three decimals, "1,234" may mean either.
  if (/,\d{3}$/.test(amount.trim())) return 'clv.settings.costs.wrong.amount';
  if (Number(text) * 10 ** allowed > LARGEST) return 'clv.settings.costs.wrong.amount.large';
  return undefined;
}

function faultOfMonth(month: string, now: Date): MessageId | undefined {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month.trim()) || month.trim() < FIRST_MONTH) {
    return 'clv.settings.costs.wrong.month';
  }
  return month.trim() > monthOf(now) ? 'clv.settings.costs.wrong.month.future' : undefined;
}

/** What is wrong, by field; the server looks at it once more. */
export function faultsOf(draft: CostDraft, now = new Date()): Faults {
  const faults: Faults = {};
  const month = faultOfMonth(draft.month, now);
  if (month) faults.month = month;
  if (draft.channel.trim() === '') faults.channel = 'clv.settings.costs.wrong.channel';
  const amount = faultOfAmount(draft);
  if (amount) faults.amount = amount;
  return faults;
}

/** What is sent. */
export const costOf = (draft: CostDraft): CostInput['cost'] => ({
  month: draft.month.trim(),
  channel: draft.channel.trim(),
  amount: amountOf(draft.amount),
  currency: draft.currency,
  product_line: draft.product_line.trim() || null,
  segment: draft.segment.trim() || null,
});
