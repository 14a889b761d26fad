import type { TileKey } from '../../../../server/src/clv/api-types';
import type { MessageId } from '../../text';

/** The name of each key figure and its meaning in a few words. */
export const TILE: Record<TileKey, [name: MessageId, meaning: MessageId]> = {
  customers: ['clv.tile.customers', 'clv.tile.customers.meaning'],
  historicalClv: ['clv.tile.historical', 'clv.tile.historical.meaning'],
  predictedClv: ['clv.tile.predicted', 'clv.tile.predicted.meaning'],
  revenuePerCustomer: ['clv.tile.revenue', 'clv.tile.revenue.meaning'],
  cac: ['clv.tile.cac', 'clv.tile.cac.meaning'],
  ratio: ['clv.tile.ratio', 'clv.tile.ratio.meaning'],
  payback: ['clv.tile.payback', 'clv.tile.payback.meaning'],
  churn: ['clv.tile.churn', 'clv.tile.churn.meaning'],
  lifetime: ['clv.tile.lifetime', 'clv.tile.lifetime.meaning'],
  retention: ['clv.tile.retention', 'clv.tile.retention.meaning'],
  arpu: ['clv.tile.arpu', 'clv.tile.arpu.meaning'],
  mrr: ['clv.tile.mrr', 'clv.tile.mrr.meaning'],
  mrrChurn: ['clv.tile.mrr-churn', 'clv.tile.mrr-churn.meaning'],
  timeToConversion: ['clv.tile.conversion', 'clv.tile.conversion.meaning'],
  engagement: ['clv.tile.engagement', 'clv.tile.engagement.meaning'],
  nps: ['clv.tile.nps', 'clv.tile.nps.meaning'],
  ces: ['clv.tile.ces', 'clv.tile.ces.meaning'],
  concentration: ['clv.tile.concentration', 'clv.tile.concentration.meaning'],
};

/** The order in which they are read: what customers are worth, how they stay, what winning them takes. */
export const TILE_GROUPS: { name: MessageId; keys: TileKey[] }[] = [
  {
    name: 'clv.tiles.worth',
    keys: ['ratio', 'historicalClv', 'predictedClv', 'revenuePerCustomer', 'concentration', 'customers'],
  },
  { name: 'clv.tiles.keeping', keys: ['retention', 'churn', 'lifetime', 'arpu', 'mrr', 'mrrChurn'] },
  {
    name: 'clv.tiles.winning',
    keys: ['cac', 'payback', 'timeToConversion', 'engagement', 'nps', 'ces'],
  },
];
