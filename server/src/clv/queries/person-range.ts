import type { Knex } from 'knex';

/** The canonical persons with `after < id <= upTo` (no end when null), or one of them, or some. */
export type PersonRange =
  | { after: string; upTo: string | null }
  | { person: string }
  | { persons: readonly string[] };

export const EVERYONE = { after: '', upTo: null } as const satisfies PersonRange;

export const isEveryone = (range: PersonRange): boolean =>
  'after' in range && range.after === '' && range.upTo === null;

/** Narrows a question that has the persons as `p`, or their canonical ids in another column. */
export function within(
  question: Knex.QueryBuilder,
  range: PersonRange,
  column = 'p.canonical_id',
): Knex.QueryBuilder {
  if (isEveryone(range)) return question;
  if ('person' in range) return question.where(column, range.person);
  if ('persons' in range) return question.whereIn(column, range.persons);
  question.where(column, '>', range.after);
  return range.upTo === null ? question : question.where(column, '<=', range.upTo);
}

/** Divides all persons into ranges of `size` each, so that no statement runs long. */
export async function* personRanges(knex: Knex, size: number): AsyncGenerator<PersonRange> {
  let after = '';
  for (;;) {
    const last = await knex('clv_persons')
      .where('id', '>', after)
      .orderBy('id')
      .offset(size - 1)
      .first('id');
    yield { after, upTo: last?.id ?? null };
    if (!last) return;
    after = last.id;
  }
}
