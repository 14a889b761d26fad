import type { Knex } from 'knex';

/** One human, or a browser of nobody known, as far as an experiment goes. */
export interface MetUnit {
  /** Who it is by now, `clv_persons.canonical_id`; null for a browser of nobody known. */
  personId: string | null;
  /** That of the first meeting. */
  arm: string;
  metAt: number;
  /** Whether it was known then who it is. What was learnt later may be what an arm brought about. */
  known: boolean;
}

export interface MetUnits {
  units: MetUnit[];
  /** How many of them met another arm later. */
  crossed: number;
}

interface Row {
  unit_id: string;
  arm: string;
  assigned_at: string | number;
  person_id: string | null;
  linked_at: string | number | null;
}

/** Rows read by one statement. */
const AT_ONCE = 20_000;

/** First meetings of one kind before a moment, with whose they are, page by page. */
async function* meetingsOf(
  knex: Knex,
  experimentId: string,
  kind: 'person' | 'visitor',
  until: number,
): AsyncGenerator<Row[]> {
  for (let after = ''; ; ) {
    const page = knex('clv_assignments')
      .where({ experiment_id: experimentId, unit_kind: kind })
      .where('unit_id', '>', after)
      .orderBy('unit_id')
      .limit(AT_ONCE)
      .select('unit_id', 'arm', 'assigned_at')
      .as('a');
    const question = knex.from(page).orderBy('a.unit_id');
    if (kind === 'person') {
      question.leftJoin('clv_persons as p', 'p.id', 'a.unit_id').select(knex.raw('NULL AS linked_at'));
    } else {
      question
        .leftJoin('clv_visitor_links as l', (on) => {
          on.on('l.visitor_key', 'a.unit_id')
            .on('l.valid_from', '<=', 'a.assigned_at')
            .on('l.valid_to', '>', 'a.assigned_at');
        })
        .leftJoin('clv_persons as p', 'p.id', 'l.person_id')
        .select('l.linked_at');
    }
    const rows: Row[] = await question.select('a.*', 'p.canonical_id as person_id');
    yield rows.filter((row) => Number(row.assigned_at) < until);
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.unit_id;
  }
}

/**
 * Everyone who met an experiment before a moment, each human once: browsers that turned out to be theirs are theirs, and
 * the first meeting counts.
 */
export async function metUnits(knex: Knex, experimentId: string, until: number): Promise<MetUnits> {
  const units = new Map<string, MetUnit>();
  const crossed = new Set<string>();
  for (const kind of ['person', 'visitor'] as const) {
    for await (const rows of meetingsOf(knex, experimentId, kind, until)) {
      for (const row of rows) {
        const metAt = Number(row.assigned_at);
        const linkedAt = row.linked_at === null ? null : Number(row.linked_at);
        const unit: MetUnit = {
          personId: row.person_id,
          arm: row.arm,
          metAt,
          known: kind === 'person' || (linkedAt !== null && linkedAt <= metAt),
        };
        const key = unit.personId ?? `${kind} ${row.unit_id}`;
        const other = units.get(key);
        if (other && other.arm !== unit.arm) crossed.add(key);
        if (!other || metAt < other.metAt) units.set(key, unit);
      }
    }
  }
  return { units: [...units.values()], crossed: crossed.size };
}
