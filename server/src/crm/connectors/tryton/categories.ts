import type { Tryton } from './rpc';

const MODEL = 'party.category';
const PARENT = 'CLV';

/** The categories under "CLV", one for each tier, by name. */
export interface Tiers {
  ids: ReadonlySet<number>;
  /** The category of a tier; made when it is not there. */
  idOf(tier: string): Promise<number>;
}

/** @returns whether it had to be made */
export async function ensureParent(tryton: Tryton): Promise<{ id: number; created: boolean }> {
  const [parent] = await tryton.records(
    MODEL,
    [
      ['name', '=', PARENT],
      ['parent', '=', null],
    ],
    ['name'],
    1,
  );
  if (parent) return { id: parent.id, created: false };
  return { id: await create(tryton, { name: PARENT }), created: true };
}

export async function tiersOf(tryton: Tryton): Promise<Tiers> {
  const { id: parent } = await ensureParent(tryton);
  const rows = await tryton.records(MODEL, [['parent', '=', parent]], ['name']);
  const byName = new Map(rows.map(({ id, name }) => [String(name), id]));
  const ids = new Set(byName.values());
  return {
    ids,
    async idOf(tier) {
      const known = byName.get(tier);
      if (known !== undefined) return known;
      const id = await create(tryton, { name: tier, parent });
      byName.set(tier, id);
      ids.add(id);
      return id;
    },
  };
}

async function create(tryton: Tryton, values: Record<string, unknown>): Promise<number> {
  const [id] = await tryton.change<[number]>(`model.${MODEL}.create`, [values], {});
  return id;
}
