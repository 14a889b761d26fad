import type { CrmRow, Page, PulledRecord, Stream } from '../../connector';
import type { Columns } from '../shared/columns';
import { mapped } from '../shared/columns';
import { withCost } from '../shared/cost';
import type { List, StreamDescription } from './description';
import { valueAt } from './field-path';
import { cellAt, converted, epochOf, holds, saysYes } from './values';
import { afterwards, idOf, type Reader, readState, walk, writeState } from './walk';

const ID_COLUMN: Record<Stream, string> = {
  customers: 'customer_id',
  orders: 'order_id',
  subscriptions: 'subscription_id',
};

/** Records of a stream as rows, page by page, and then those that were deleted, where they have a list of their own. */
export async function* pull(
  reader: Reader,
  stream: Stream,
  spec: StreamDescription,
  columns: Columns,
  currency: string,
  cursor: string | null,
): AsyncGenerator<Page> {
  let state = readState(cursor);
  const deletedList = typeof spec.deleted === 'object' ? spec.deleted : null;
  if (state.list === 'records') {
    const changedAt = (record: unknown) =>
      spec.modified ? epochOf(valueAt(record, spec.modified), spec.times) : null;
    for await (const read of walk(reader, spec, state, changedAt)) {
      state = read.state;
      const records: PulledRecord[] = [];
      const gone: string[] = [];
      for (const record of read.records) {
        const id = idOf(record, spec);
        if (typeof spec.deleted === 'string' && saysYes(valueAt(record, spec.deleted))) gone.push(id);
        else records.push(recordOf(record, id, stream, spec, columns, currency));
      }
      if (state.place === null) state = deletedList ? { ...state, list: 'deleted' } : afterwards(state);
      const { total } = read;
      yield { records, gone, cursor: writeState(state), ...(total !== undefined && { total }) };
    }
  }
  if (!deletedList) return;
  for await (const { records, state: behind } of walk(reader, deletedList, state)) {
    const gone = records.map((record) => idOf(record, deletedList));
    const last = behind.place === null;
    yield { records: [], gone, cursor: writeState(last ? afterwards(behind) : behind) };
  }
}

function recordOf(
  record: unknown,
  id: string,
  stream: Stream,
  { won, times, amounts }: StreamDescription,
  columns: Columns,
  currency: string,
): PulledRecord {
  if (won && !holds(record, won)) return { id };
  const row: CrmRow = { [ID_COLUMN[stream]]: id, ...mapped(record, columns, cellAt) };
  // Of customers the currency is that of their costs, and the report's when it is not said.
  if (stream !== 'customers') row.currency ??= currency;
  const told = converted(row, times, amounts, String(row.currency ?? currency));
  return { id, [stream]: [stream === 'orders' ? withCost(told) : told] };
}

/** Ids of all records that are there. */
export async function* idsOf(reader: Reader, spec: StreamDescription): AsyncGenerator<string[]> {
  const flag = typeof spec.deleted === 'string' ? spec.deleted : null;
  const list: List = { ...spec, since: undefined };
  for await (const { records } of walk(reader, list, readState(null))) {
    const there = flag === null ? records : records.filter((record) => !saysYes(valueAt(record, flag)));
    yield there.map((record) => idOf(record, spec));
  }
}
