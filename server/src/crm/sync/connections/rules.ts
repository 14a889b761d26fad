import type { Knex } from 'knex';
import { type Mapping, STREAMS } from '../../connector';
import type { AnyKind } from '../../connectors';
import { WrongEntry } from './options';

/** Whether ids behind one prefix could look like ids behind the other; who has none takes part in everybody's ids. */
const overlap = (one: string, other: string): boolean =>
  one === other || (one !== '' && other !== '' && (one.startsWith(other) || other.startsWith(one)));

/** @throws WrongEntry when another connection's ids begin like that, or ids with another prefix were pulled already */
export async function judgePrefix(knex: Knex, idPrefix: string, id?: string): Promise<void> {
  const all: { id: string; name: string; id_prefix: string }[] = await knex('clv_connections').select(
    'id',
    'name',
    'id_prefix',
  );
  const taken = all.find((other) => other.id !== id && overlap(other.id_prefix, idPrefix));
  if (taken) {
    throw new WrongEntry(
      'idPrefix',
      `Ids behind "${idPrefix}" could be those of the connection "${taken.name}", whose prefix is "${taken.id_prefix}"; choose another.`,
    );
  }
  const before = all.find((other) => other.id === id);
  if (
    before &&
    before.id_prefix !== idPrefix &&
    (await knex('clv_crm_records').where({ connection_id: id }).first('record_id'))
  ) {
    throw new WrongEntry(
      'idPrefix',
      'The prefix cannot be changed once records were pulled: every customer would come a second time. Make a new connection instead.',
    );
  }
}

/** @throws WrongEntry when it names a column that the kind does not fill */
export function judgeMapping(mapping: Mapping, kind: AnyKind, judged: unknown): void {
  const columns = kind.columns(judged);
  for (const stream of STREAMS) {
    const unknown = Object.keys(mapping[stream] ?? {}).find(
      (column) => !Object.hasOwn(columns[stream], column),
    );
    if (unknown === undefined) continue;
    throw new WrongEntry(
      'mapping',
      `There is no column "${unknown}" of ${stream} to map; choose among ${Object.keys(columns[stream]).join(', ')}.`,
    );
  }
}
