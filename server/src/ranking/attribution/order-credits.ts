import type { Knex } from 'knex';
import { converter, minorDigits, type Rates } from '../../clv/convert';
import { touchesOf } from '../../clv/people/touches';
import { ORDER_MODELS } from '../models/attribution';
import type { OrderAttribution } from './api-types';
import { creditByOrderModels } from './order-models';
import { identifiedAt, ordersOf } from './queries';
import { netOf, settle } from './refunds';
import { type AttributionSettings, DAY } from './settings';

/**
 * How one order is credited by the models that credit orders one by one, from the touches themselves; the same, to the
 * minor unit, as what a run adds up. Null when there is no such paid order, or it is a refund: that has no credit of its own.
 */
export async function orderCredits(
  knex: Knex,
  orderId: string,
  settings: AttributionSettings & Rates,
): Promise<OrderAttribution | null> {
  const personId = await buyerOf(knex, orderId);
  if (personId === null) return null;
  const always = { from: Number.MIN_SAFE_INTEGER, before: Number.MAX_SAFE_INTEGER };
  const orders = (await ordersOf(knex, [personId], always)).get(personId) ?? [];
  const settled = settle(orders, converter(settings)).orders.find(({ order }) => order.orderId === orderId);
  if (!settled) return null;
  const { order, amount } = settled;
  const unit = 10 ** minorDigits(settings.currency);
  const known = (await identifiedAt(knex, [personId])).get(personId) ?? null;
  const touches = (await touchesOf(knex, { person: personId }, order.at, order.at - settings.lookBack))
    .map(({ contentId, at, kind }) => ({ content: contentId, at, kind }))
    .sort((a, b) => a.at - b.at || a.content - b.content);
  const credits = creditByOrderModels(settled, touches, known, settings);
  const titles = await titlesOf(knex, [...new Set(touches.map(({ content }) => content))]);
  const title = (contentId: number) => titles.get(contentId) ?? '';
  return {
    orderId,
    personId,
    at: order.at,
    amount: netOf(settled) / unit,
    refunded: (amount - netOf(settled)) / unit,
    currency: settings.currency,
    lookbackDays: settings.lookBack / DAY,
    halfLifeDays: settings.halfLifeDays,
    identifiedAt: known,
    dealCreatedAt: order.dealCreatedAt,
    journey: touches.map(({ content, at, kind }) => ({
      contentId: content,
      title: title(content),
      kind,
      at,
    })),
    models: ORDER_MODELS.map((model) => ({
      model,
      credits: credits[model].map((credit) => ({
        contentId: credit.content,
        title: title(credit.content),
        share: credit.share,
        revenue: credit.amount / unit,
      })),
    })),
  };
}

/** Whose order it is, merges followed. */
async function buyerOf(knex: Knex, orderId: string): Promise<string | null> {
  const row = await knex('clv_orders as o')
    .join('clv_identities as i', (on) => {
      on.on('i.value', 'o.customer_id').andOnVal('i.namespace', 'customer');
    })
    .join('clv_persons as p', 'p.id', 'i.person_id')
    .where('o.order_id', orderId)
    .first('p.canonical_id');
  return row?.canonical_id ?? null;
}

async function titlesOf(knex: Knex, ids: number[]): Promise<Map<number, string>> {
  const rows = await knex('clv_contents').whereIn('id', ids).select('id', 'title');
  return new Map(rows.map(({ id, title }) => [Number(id), title]));
}
