import { minorDigits } from '../../../clv/convert';

/** Whose the revenue of an opportunity with several contacts is. */
export type Split = 'primary' | 'equal' | 'first';

export interface Role {
  ContactId: string;
  IsPrimary: boolean;
}

/** The contacts that share an opportunity. @param roles the first one first */
export function sharersOf(roles: Role[], split: Split): string[] {
  const primary = roles.find(({ IsPrimary }) => IsPrimary);
  if (split === 'primary' && primary) return [primary.ContactId];
  const contacts = [...new Set(roles.map(({ ContactId }) => ContactId))];
  return split === 'equal' ? contacts : contacts.slice(0, 1);
}

/** Divides an amount into equal parts of whole smallest units; the first ones take what is left over. */
export function partsOf(amount: number, count: number, currency: string): number[] {
  const unit = 10 ** minorDigits(currency);
  const units = Math.round(Math.abs(amount) * unit);
  return Array.from({ length: count }, (_, i) => {
    const part = Math.floor(units / count) + (i < units % count ? 1 : 0);
    return (Math.sign(amount) * part) / unit;
  });
}

/** What was spent on an order of which the margin is known. */
export function costOf(amount: number, margin: number, currency: string): number {
  const unit = 10 ** minorDigits(currency);
  return Math.round((amount - margin) * unit) / unit;
}
