import type { Balance, ItemDetail } from '../../ranking/api-types';
import { aligned } from './aligned';
import { decimal } from './figures';
import { shortened } from './table';

const CHANNEL = 'channel:';

/**
 * How far those who touched an item and the others lie apart in each trait, as they are → compared within cells, and what
 * the weighted persons are worth. Of the channels the one that lies furthest apart in the end.
 */
export function balanceTable(rows: { title: string; detail: ItemDetail }[]): string {
  const compared = rows.filter(({ detail }) => detail.balance.length > 0);
  if (compared.length === 0) return 'No item has enough persons on both sides for a comparison within cells.';
  const names = [
    ...new Set(compared.flatMap(({ detail }) => detail.balance.map(({ trait }) => nameOf(trait)))),
  ];
  const lines = compared.map(({ title, detail }) => [
    shortened(title),
    `${detail.effective.exposed.toFixed(0)} / ${detail.effective.unexposed.toFixed(0)}`,
    String(detail.withoutMatch),
    ...names.map((name) => inWords(furthest(detail.balance.filter(({ trait }) => nameOf(trait) === name)))),
  ]);
  return aligned({ header: ['content', 'effective n', 'unmatched', ...names], text: [0] }, lines);
}

const nameOf = (trait: string): string => (trait.startsWith(CHANNEL) ? 'channel' : trait);

function furthest(balance: Balance[]): Balance | undefined {
  const apart = ({ before, after }: Balance) => Math.abs(after ?? before ?? 0);
  return balance.toSorted((a, b) => apart(b) - apart(a))[0];
}

const inWords = (balance: Balance | undefined): string =>
  balance ? `${decimal(balance.before, 2, true)} → ${decimal(balance.after, 2, true)}` : '–';
