import type { Knex } from 'knex';
import { STAGES } from '../../../clv/customers/query';
import { distinctValues } from '../../../storage/distinct-values';
import { TOPIC_SEPARATOR } from '../../../tracking/contents/content-rows';
import type { SegmentOptions } from '../api-types';

/** Names offered of one thing; a builder that lists more helps nobody. */
const MOST = 500;

const namesIn = (knex: Knex, table: string, column: string, only?: object): Promise<string[]> =>
  distinctValues(knex, table, column, { most: MOST, only });

/** What the builder offers: the names that the data has. @param tiers from the best down */
export async function segmentOptions(
  knex: Knex,
  { runId, tiers, currency }: { runId: string | null; tiers: string[]; currency: string },
): Promise<SegmentOptions> {
  const topics = await namesIn(knex, 'clv_contents', 'topic');
  return {
    tiers,
    stages: [...STAGES],
    channels: runId === null ? [] : await namesIn(knex, 'clv_person_values', 'channel', { run_id: runId }),
    crmSegments: await namesIn(knex, 'clv_customers', 'segment'),
    companies: await namesIn(knex, 'clv_customers', 'company'),
    productLines: await namesIn(knex, 'clv_orders', 'product_line'),
    kinds: await namesIn(knex, 'clv_contents', 'kind'),
    topics: [...new Set(topics.flatMap((topic) => topic.split(TOPIC_SEPARATOR)))].sort().slice(0, MOST),
    currency,
  };
}
