import { z } from 'zod';
import type { Page } from '../../connector';
import { cursorOf } from '../shared/cursor';
import { type Domain, EVEN_INACTIVE, type Tryton } from './rpc';
import { moment, type Row } from './values';

/*
 * A record tells when it was changed, as of the beginning of the transaction that changed it, and is seen when that one
 * ends. The clocks of the database and of the server that answers may differ a little, too.
 */
const OVERLAP_MS = 600_000;
const IDS_AT_ONCE = 2_000;

/** Records of one model that belong to a stream. */
export interface Source {
  model: string;
  /** Before the ids of its records, where a stream has several models. */
  prefix: string;
  /** Which of the model's records belong to it. */
  domain: Domain;
  fields: string[];
  /** Records that it consists of, beside this one: `lines` of a sale. Their changes are changes of it. */
  parts: string[];
  pageOf(rows: Row[]): Promise<Omit<Page, 'cursor'>>;
}

/**
 * A round reads every record that was changed since the last round began, in the order of ids: nothing that changes
 * meanwhile moves out of its way, and what changes behind it comes with the next round.
 */
const placeSchema = z.object({
  /** Server time when the last round began; null in the first. */
  since: z.number().nullable(),
  /** Server time when this round began; null between rounds. */
  until: z.number().nullable(),
  source: z.number(),
  /** The id up to which the source was read. */
  after: z.number(),
});
type Place = z.output<typeof placeSchema>;

const places = cursorOf(placeSchema);
const START: Place = { since: null, until: null, source: 0, after: 0 };

/** Reads one round, or the rest of one that was broken off. */
export async function* walk(
  tryton: Tryton,
  sources: Source[],
  cursor: string | null,
  pageSize: number,
): AsyncIterable<Page> {
  let place = cursor === null ? START : places.read(cursor);
  let total = 0;
  for (const { model, domain, parts } of sources) {
    const changed = [domain, changedSince(place.since, parts)];
    total += await tryton.ask<number>(`model.${model}.search_count`, changed, EVEN_INACTIVE);
  }
  const until = place.until ?? tryton.now();
  for (let source = sources[place.source]; source; source = sources[place.source]) {
    const { model, domain, parts, fields } = source;
    const changed = [domain, ['id', '>', place.after], changedSince(place.since, parts)];
    const rows = await tryton.records(model, changed, fields, pageSize);
    const whole = rows.length < pageSize;
    const next = whole ? { source: place.source + 1, after: 0 } : { after: rows.at(-1)!.id };
    place = { ...place, until, ...next };
    const last = place.source >= sources.length;
    const resume: Place = last ? { ...START, since: until } : place;
    yield { ...(await source.pageOf(rows)), cursor: places.write(resume), total };
  }
}

/** Ids of all records that are there and active. */
export async function* walkIds(tryton: Tryton, sources: Source[]): AsyncIterable<string[]> {
  for (const { model, prefix, domain } of sources) {
    for (let after = 0; ; ) {
      const ids = await tryton.ask<number[]>(
        `model.${model}.search`,
        [domain, ['id', '>', after]],
        0,
        IDS_AT_ONCE,
        [['id', 'ASC']],
        {},
      );
      if (ids.length > 0) yield ids.map((id) => `${prefix}${id}`);
      if (ids.length < IDS_AT_ONCE) break;
      after = ids.at(-1)!;
    }
  }
}

function changedSince(since: number | null, parts: string[]): Domain {
  if (since === null) return [];
  const from = moment(since - OVERLAP_MS);
  const stamps = ['', ...parts.map((part) => `${part}.`)].flatMap((path) => [
    `${path}create_date`,
    `${path}write_date`,
  ]);
  return ['OR', ...stamps.map((stamp) => [stamp, '>=', from])];
}
