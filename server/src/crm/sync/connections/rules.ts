import type { Knex } from 'knex';
import { type Mapping, STREAMS } from '../../connector';
import type { AnyKind } from '../../connectors';
import { WrongEntry } from './options';

/** @throws WrongEntry when another connection's ids begin like that, or ids with another prefix were pulled already */
export async function judgePrefix(knex: Knex, idPrefix: string, id?: string): Promise<void> {
  const taken = await knex('clv_connections').where({ id_prefix: idPrefix }).first('id', 'name');
  if (taken && taken.id !== id) {
    throw new WrongEntry(
      'idPrefix',
      `The prefix "${idPrefix}" belongs to the connection "${taken.name}"; choose another.`,
    );
  }
  if (!taken && id && (await knex('clv_crm_records').where({ connection_id: id }).first('record_id'))) {
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
    const unknown = Object.keys(mapping[stream] ?? {}).find((column) => !(column in columns[stream]));
    if (unknown === undefined) continue;
    throw new WrongEntry(
      'mapping',
      `There is no column "${unknown}" of ${stream} to map; choose among ${Object.keys(columns[stream]).join(', ')}.`,
    );
  }
}
