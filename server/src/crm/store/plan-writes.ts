import type { Value } from '../../storage/insert-rows';

/** A row of a table by column. */
export type Row = Record<string, Value>;
/** What somebody says about a row: a column that is not named keeps what is stored, null clears it. */
export type Statement = Record<string, Value | undefined>;

/** Why a statement cannot stand beside what is stored. */
export interface Objection {
  field: string;
  reason: string;
}
/** Looks at a statement beside the stored row. */
export type Judge = (before: Row, said: Statement) => Objection | null;

export interface Plan {
  created: Row[];
  updated: Row[];
  /** What the updated rows held before. */
  replaced: Row[];
  unchanged: number;
  refused: (Objection & { key: string })[];
}

/**
 * Divides statements, by key, into rows to create, rows to change and rows that say nothing new; so the same file
 * imported twice writes nothing. `blank` has every column, with what a new row holds where nothing is said.
 */
export function planWrites(
  statements: Map<string, Statement>,
  stored: Map<string, Row>,
  blank: Row,
  judge?: Judge,
): Plan {
  const plan: Plan = { created: [], updated: [], replaced: [], unchanged: 0, refused: [] };
  for (const [key, said] of statements) {
    const before = stored.get(key);
    const objection = before && judge?.(before, said);
    if (objection) {
      plan.refused.push({ key, ...objection });
      continue;
    }
    const after: Row = { ...(before ?? blank) };
    let changed = false;
    for (const column of Object.keys(blank)) {
      const value = said[column];
      if (value === undefined || value === after[column]) continue;
      after[column] = value;
      changed = true;
    }
    if (!before) plan.created.push(after);
    else if (changed) {
      plan.updated.push(after);
      plan.replaced.push(before);
    } else plan.unchanged += 1;
  }
  return plan;
}
