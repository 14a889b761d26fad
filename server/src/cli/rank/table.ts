import type { Figures } from '../../ranking/api-types';
import { NEEDED } from '../../ranking/models/verdict';

const TITLE_WIDTH = 44;

export interface TableRow {
  title: string;
  figures: Figures;
}

/** A table for people: right-aligned numbers, one line an item. */
export function rankingTable(rows: TableRow[], digits: number): string {
  const lines = rows.map(({ title, figures }, i) => [
    String(i + 1),
    title.length > TITLE_WIDTH ? `${title.slice(0, TITLE_WIDTH - 1)}…` : title,
    verdictOf(figures),
    amount(figures.difference, digits, true),
    interval(figures, digits),
    figures.rho === null ? '–' : signed(figures.rho, 3),
    String(figures.exposed),
    qValue(figures.qValue),
  ]);
  const header = ['', 'content', 'verdict', 'difference', '95 % interval', 'ρ', 'n', 'q'];
  const isText = [false, true, true, false, false, false, false, false];
  const widths = header.map((name, i) => Math.max(name.length, ...lines.map((line) => line[i]!.length)));
  const align = (cells: string[]) =>
    cells
      .map((cell, i) => (isText[i] ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [header, ...lines].map(align).join('\n');
}

function verdictOf({ verdict, exposed, unexposed }: Figures): string {
  return verdict === 'not enough data' ? `${verdict}: ${Math.min(exposed, unexposed)} of ${NEEDED}` : verdict;
}

function interval({ differenceLow, differenceHigh }: Figures, digits: number): string {
  if (differenceLow === null || differenceHigh === null) return '–';
  return `${amount(differenceLow, digits)} to ${amount(differenceHigh, digits)}`;
}

function amount(value: number | null, digits: number, withSign = false): string {
  if (value === null) return '–';
  return withSign ? signed(value, digits) : value.toFixed(digits).replace('-', '−');
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

function qValue(value: number | null): string {
  if (value === null) return '–';
  return value < 0.001 ? '<0.001' : value.toFixed(3);
}
