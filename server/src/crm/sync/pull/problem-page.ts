import type { Knex } from 'knex';
import type { Stream } from '../../connector';
import type { ProblemPage } from '../api-types';

const PAGE = 50;

/** Records that could not be taken, the latest first. @param withRows whether the rows themselves may be seen */
export async function problemPage(
  knex: Knex,
  connectionId: string,
  { page, stream }: { page: number; stream?: Stream },
  withRows: boolean,
): Promise<ProblemPage> {
  const problems = knex('clv_crm_problems').where({ connection_id: connectionId, ...(stream && { stream }) });
  const [{ n }] = await problems.clone().count({ n: '*' });
  const rows = await problems
    .orderBy([{ column: 'last_at', order: 'desc' }, { column: 'stream' }, { column: 'record_id' }])
    .offset((page - 1) * PAGE)
    .limit(PAGE);
  return {
    total: Number(n),
    page,
    problems: rows.map((row) => ({
      stream: row.stream,
      recordId: row.record_id,
      customerId: row.customer_id,
      field: row.field,
      reason: row.reason,
      raw: withRows && row.raw ? JSON.parse(row.raw) : null,
      firstAt: Number(row.first_at),
      lastAt: Number(row.last_at),
    })),
  };
}
