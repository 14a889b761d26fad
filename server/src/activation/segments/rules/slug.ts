const LONGEST = 64;

/** A name as programs write it: `Best hotels in Österreich` becomes `best-hotels-in-osterreich`; '' when nothing is left. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');

/** The slug, or the first of `slug-2`, `slug-3`, … that nobody has. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n++) {
    const end = `-${n}`;
    const next = slug.slice(0, LONGEST - end.length) + end;
    if (!taken.has(next)) return next;
  }
}
