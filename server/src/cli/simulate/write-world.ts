import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { minorDigits } from '../../clv/convert';
import { formatMoney } from '../../crm/csv/format-money';
import { CURRENCY, type World, type WorldOptions } from '../../ranking/models/simulate/world';
import { CsvFile } from '../csv-file';

const digits = minorDigits(CURRENCY);
const money = (minor: number): string => formatMoney(minor, digits);
const time = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const HEADERS = {
  orders: ['order_id', 'customer_id', 'ordered_at', 'amount', 'currency', 'cost', 'channel'],
  touches: [
    'touch_id',
    'customer_id',
    'content_id',
    'content_type',
    'kind',
    'occurred_at',
    'seconds',
    'depth',
    'channel',
  ],
  contents: ['content_id', 'content_type', 'title', 'published_at'],
  customers: [
    'customer_id',
    'email',
    'channel',
    'acquired_at',
    'acquisition_cost',
    'service_cost_per_month',
    'segment',
  ],
};

export interface WrittenOptions extends Omit<WorldOptions, 'effects'> {
  out: string;
}

/**
 * Writes a world's CSV files and its truth, customer by customer, so that its size does not matter.
 *
 * @returns a line on each file
 */
export async function writeWorld(world: World, options: WrittenOptions): Promise<string[]> {
  const hasTopics = world.topics.length > 0;
  await mkdir(options.out, { recursive: true });
  const files = {
    orders: await CsvFile.create(path.join(options.out, 'orders.csv'), HEADERS.orders),
    touches: await CsvFile.create(path.join(options.out, 'touches.csv'), HEADERS.touches),
    contents: await CsvFile.create(path.join(options.out, 'contents.csv'), [
      ...HEADERS.contents,
      ...(hasTopics ? ['topic'] : []),
    ]),
    customers: await CsvFile.create(path.join(options.out, 'customers.csv'), HEADERS.customers),
  };
  const width = String(options.customers).length;
  for (const { contentId, contentType, title, publishedAt, topic } of world.items) {
    const row = [contentId, contentType, title, day(publishedAt)];
    await files.contents.add(hasTopics ? [...row, topic] : row);
  }
  for (let number = 0; number < options.customers; number++) {
    const id = String(number + 1).padStart(width, '0');
    const customerId = `c${id}`;
    const { orders, touches, ...customer } = world.customer(number);
    await files.customers.add([
      customerId,
      `customer-${id}@example.com`,
      customer.channel,
      time(customer.acquiredAt),
      money(customer.acquisitionCost),
      money(customer.serviceCostPerMonth),
      customer.segment,
    ]);
    for (const [i, { at, amount, cost }] of orders.entries()) {
      const orderId = `o${id}-${i + 1}`;
      await files.orders.add([
        orderId,
        customerId,
        time(at),
        money(amount),
        CURRENCY,
        money(cost),
        customer.channel,
      ]);
    }
    for (const [i, { content, at, kind, seconds, depth }] of touches.entries()) {
      const { contentId, contentType } = world.items[content]!;
      const touchId = `t${id}-${i + 1}`;
      await files.touches.add([
        touchId,
        customerId,
        contentId,
        contentType,
        kind,
        time(at),
        seconds,
        depth,
        customer.channel,
      ]);
    }
  }
  const lines = [];
  for (const file of Object.values(files)) lines.push(await file.close());
  return [...lines, await writeTruth(world, options)];
}

async function writeTruth(world: World, { out, ...options }: WrittenOptions) {
  const { seed, customers, contents, confounding, prospects, reading } = options;
  const { trueShare, reachRatio, support } = options;
  const truth = {
    seed,
    customers,
    contents,
    confounding,
    ...(trueShare !== undefined && { trueShare }),
    ...(reachRatio !== undefined && { reachRatio }),
    ...(support !== undefined && { support }),
    ...(prospects !== undefined && { prospects }),
    ...(reading !== undefined && { reading, topics: world.topics }),
    currency: CURRENCY,
    items: world.items.map(({ contentId, effect, topic, readsPerOrder }) => ({
      contentId,
      effect: effect / 10 ** digits,
      true: effect !== 0,
      ...(topic !== undefined && { topic }),
      ...(readsPerOrder !== undefined && { support: true }),
    })),
  };
  const file = path.join(out, 'truth.json');
  await writeFile(file, `${JSON.stringify(truth, null, 2)}\n`);
  return file;
}
