export interface Columns {
  header: string[];
  /** Numbers of the columns that hold text; all others are aligned to the right. */
  text: number[];
}

/** Lines of a table for people, as wide as its cells. */
export function aligned({ header, text }: Columns, rows: string[][]): string {
  const widths = header.map((name, i) =>
    rows.reduce((widest, row) => Math.max(widest, row[i]!.length), name.length),
  );
  return [header, ...rows]
    .map((cells) =>
      cells
        .map((cell, i) => (text.includes(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
