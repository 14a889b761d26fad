export type Cell = string | number | null;

/** The first column to the left, numbers to the right. */
export function table(header: string[], rows: Cell[][]): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => String(cell ?? '–')));
  const widths = header.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

const minus = (text: string) => text.replace('-', '−');

export function fixed(value: number | null, decimals: number, withSign = false): string {
  if (value === null) return '–';
  return `${withSign && value > 0 ? '+' : ''}${minus(value.toFixed(decimals))}`;
}

export const digits = (value: number | null, count: number): string =>
  value === null ? '–' : minus(value.toPrecision(count));

export function percent(value: number | null, withSign = false): string {
  if (value === null) return '–';
  const sign = withSign && value > 0 ? '+' : '';
  return `${sign}${minus((100 * value).toFixed(1))} %`;
}
