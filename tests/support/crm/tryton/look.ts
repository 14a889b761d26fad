import type { User } from './api';

/** What was sold to whom and for how much, as Tryton's users see it: by the ids that we give with `prefix`. */
export async function soldIn(
  user: User,
  prefix: string,
): Promise<Map<string, { party: string; cents: number }>> {
  const sold = [['state', 'in', ['confirmed', 'processing', 'done']]];
  const sales: { id: number; party: number; total_amount: { decimal: string } }[] = await user.call(
    'model.sale.sale.search_read',
    sold,
    ...everything(['party', 'total_amount']),
  );
  return new Map(
    sales.map(({ id, party, total_amount }) => [
      `${prefix}${id}`,
      { party: `${prefix}${party}`, cents: Math.round(Number(total_amount.decimal) * 100) },
    ]),
  );
}

/** What Tryton was told of its active parties, by their ids: every note, and every category under "CLV". */
export async function toldIn(user: User): Promise<Map<string, { notes: string[]; tiers: string[] }>> {
  const notes: { resource: string; message: string }[] = await user.call(
    'model.ir.note.search_read',
    [],
    ...everything(['resource', 'message']),
  );
  const categories: { id: number; name: string; 'parent.'?: { name: string } }[] = await user.call(
    'model.party.category.search_read',
    [],
    ...everything(['name', 'parent.name']),
  );
  const parties: { id: number; categories: number[] }[] = await user.call(
    'model.party.party.search_read',
    [],
    ...everything(['categories']),
  );
  const tiers = new Map(
    categories.filter((each) => each['parent.']?.name === 'CLV').map(({ id, name }) => [id, name]),
  );
  return new Map(
    parties.map((party) => [
      String(party.id),
      {
        notes: notes
          .filter(({ resource }) => resource === `party.party,${party.id}`)
          .map(({ message }) => message),
        tiers: party.categories.flatMap((id) => tiers.get(id) ?? []),
      },
    ]),
  );
}

/** The further arguments of `search_read`: from the first to the last, in any order, with these fields. */
const everything = (fields: string[]) => [0, null, null, fields];
