import type { Stream } from '../../connector';
import type { CrmService } from '../../service';
import type { Fate, Prepared } from '../../store/prepare';
import type { Link } from './links';
import { type RecordRows, ROW_KINDS, type RowKind } from './page-rows';
import type { RecordProblem } from './problems';

/** What becomes of the records of a page. */
export interface Judged {
  /** Ready to be written, in this order. */
  prepared: Prepared[];
  /** Where rows came from, as far as that is new. */
  links: Link[];
  /** Of rows that came from a record before and do not any more. */
  vanished: Link[];
  problems: RecordProblem[];
  /** Records with nothing wrong. */
  well: string[];
  counts: { seen: number; created: number; updated: number; unchanged: number; failed: number };
}

interface RowFate {
  kind: RowKind;
  row: RecordRows['rows'][number]['row'];
  fate: Fate;
}

/** Judges the rows of records and gets them ready to be written. @param links what came from these records before */
export async function judgeRecords(
  crm: CrmService,
  records: RecordRows[],
  stream: Stream,
  links: Link[],
  source: string,
): Promise<Judged> {
  const judged: Judged = {
    prepared: [],
    links: [],
    vanished: [],
    problems: [],
    well: [],
    counts: { seen: records.length, created: 0, updated: 0, unchanged: 0, failed: 0 },
  };
  const fates = new Map<string, RowFate[]>(records.map(({ recordId }) => [recordId, []]));
  for (const kind of ROW_KINDS) {
    const rows = records.flatMap(({ recordId, rows: all }) =>
      all.filter((each) => each.kind === kind).map(({ row }) => ({ recordId, row })),
    );
    if (rows.length === 0) continue;
    const prepared = await crm.prepare(
      kind,
      rows.map(({ row }) => row),
      source,
    );
    judged.prepared.push(prepared);
    for (const [index, { recordId, row }] of rows.entries()) {
      fates.get(recordId)!.push({ kind, row, fate: prepared.fates[index]! });
    }
  }
  const before = new Map<string, Link[]>();
  for (const link of links) before.set(link.recordId, [...(before.get(link.recordId) ?? []), link]);
  for (const [recordId, rows] of fates) {
    judgeRecord(judged, recordId, rows, stream, before.get(recordId) ?? []);
  }
  return judged;
}

function judgeRecord(
  judged: Judged,
  recordId: string,
  rows: RowFate[],
  stream: Stream,
  before: Link[],
): void {
  const bad = new Map<RowKind, RecordProblem>();
  const now = new Map<string, Link>();
  for (const { kind, row, fate } of rows) {
    if (fate.fate === 'rejected') bad.set(kind, bad.get(kind) ?? { recordId, row, ...fate.problem });
    else now.set(`${kind} ${fate.key}`, { stream, recordId, kind, rowKey: fate.key, goneAt: null });
  }
  const live = new Set(
    before.filter((link) => link.goneAt === null).map(({ kind, rowKey }) => `${kind} ${rowKey}`),
  );
  judged.links.push(...[...now].filter(([key]) => !live.has(key)).map(([, link]) => link));
  // A row that was rejected may be one of those; what is stored of it stands until it can be taken.
  const vanished = before.filter(
    ({ kind, rowKey, goneAt }) => goneAt === null && !now.has(`${kind} ${rowKey}`) && !bad.has(kind),
  );
  judged.vanished.push(...vanished);

  const [problem] = bad.values();
  if (problem) judged.problems.push(problem);
  else judged.well.push(recordId);
  const has = (fate: Fate['fate']) => rows.some((row) => row.fate.fate === fate);
  if (problem) judged.counts.failed += 1;
  else if (has('created')) judged.counts.created += 1;
  else if (has('updated') || vanished.length > 0) judged.counts.updated += 1;
  else judged.counts.unchanged += 1;
}
