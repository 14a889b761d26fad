/** What is no number is null in JSON. */
export const orNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

export const finite = (figures: Record<string, number>): Record<string, number | null> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, orNull(value)]));
