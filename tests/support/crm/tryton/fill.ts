import { date, decimal, type User } from './api';

const DAY = 86_400_000;
/** Records that one request makes. */
const AT_ONCE = 250;

const PRODUCTS = ['Advice', 'Training', 'Maintenance', 'Audit'];
/** Tryton goes on by itself from here: an opportunity is won when its sale is confirmed, and lost with it. */
const STAGES = ['lead', 'opportunity', 'converted', 'won', 'lost', 'cancelled'] as const;

export interface Filled {
  /** Ids of the parties that may buy. */
  parties: string[];
  /** Ids of the sales that are confirmed, those of won opportunities among them. */
  sold: string[];
  /** Ids of drafts, quotations and cancelled sales. */
  unsold: string[];
  /** Ids of won opportunities with the sale that each became. */
  won: { opportunity: string; sale: string }[];
}

/** A shop of some years, filled as its people would, but faster. */
export async function fill(
  user: User,
  { parties = 500, sales = 3_000, opportunities = 120 } = {},
): Promise<Filled> {
  const buyers = await addParties(user, parties);
  const lines = await addProducts(user);
  const currency = await idOf(user, 'currency.currency', ['code', '=', 'EUR']);
  const random = sequence(20_260_101);
  const today = Date.now();

  const values = Array.from({ length: sales }, (_, i) => {
    // Some buy often, most seldom, and each within a time of its own.
    const { id, address } = buyers[Math.floor(buyers.length * random() ** 2)]!;
    const first = (id * 37) % 900;
    return {
      party: id,
      currency,
      invoice_address: address,
      shipment_address: address,
      sale_date: date(today - Math.floor(first * random() + 1) * DAY),
      invoice_method: 'manual',
      shipment_method: 'manual',
      // What was sold long ago was brought from elsewhere as it was; nothing is quoted and confirmed anew.
      ...(i % 10 === 0 ? {} : { state: 'done' }),
      lines: [['create', [lines(i % PRODUCTS.length, 20 + Math.floor(random() * 48_000) / 100)]]],
    };
  });
  const made = await inParts(values, (part) => user.call('model.sale.sale.create', part));
  // One in twenty never gets further than a draft, a quotation or its end.
  const kept = made.filter((_, i) => i % 20 !== 0);
  const others = made.filter((_, i) => i % 20 === 0);
  await win(
    user,
    made.filter((_, i) => i % 20 === 10),
  );
  await user.call(
    'model.sale.sale.quote',
    others.filter((_, i) => i % 3 === 1),
  );
  await user.call(
    'model.sale.sale.cancel',
    others.filter((_, i) => i % 3 === 2),
  );

  const { won, drafts } = await addOpportunities(user, buyers.slice(0, opportunities), lines);
  return {
    parties: buyers.map(({ id }) => String(id)),
    sold: [...kept, ...won.map(({ sale }) => Number(sale))].map(String),
    unsold: [...others, ...drafts].map(String),
    won,
  };
}

async function addParties(user: User, count: number): Promise<{ id: number; address: number }[]> {
  const values = Array.from({ length: count }, (_, i) => ({
    name: `Buyer ${i}`,
    addresses: [['create', [{ city: 'Trento' }]]],
    contact_mechanisms: [['create', [{ type: 'email', value: `buyer-${i}@example.com` }]]],
  }));
  const ids = await inParts(values, (part) => user.call('model.party.party.create', part));
  const rows: { id: number; party: number }[] = await user.call(
    'model.party.address.search_read',
    [['party', 'in', ids]],
    0,
    null,
    [['id', 'ASC']],
    ['party'],
  );
  return rows.map(({ id, party }) => ({ id: party, address: id }));
}

/** @returns what makes a line of a sale: of a product and its price */
async function addProducts(user: User) {
  const unit = await idOf(user, 'product.uom', ['symbol', '=', 'u']);
  const templates: number[] = await user.call(
    'model.product.template.create',
    PRODUCTS.map((name) => ({
      name,
      type: 'service',
      default_uom: unit,
      salable: true,
      sale_uom: unit,
      list_price: decimal(100),
      products: [['create', [{}]]],
    })),
  );
  const rows: { products: number[] }[] = await user.call('model.product.template.read', templates, [
    'products',
  ]);
  const products = rows.map((row) => row.products[0]!);
  return (which: number, price: number) => ({
    type: 'line',
    product: products[which],
    quantity: 1,
    unit,
    unit_price: decimal(price.toFixed(2)),
  });
}

async function addOpportunities(
  user: User,
  buyers: { id: number; address: number }[],
  line: (which: number, price: number) => object,
) {
  const employee = await addEmployee(user);
  const ids: number[] = await user.call(
    'model.sale.opportunity.create',
    buyers.map(({ id, address }, i) => ({
      party: id,
      address,
      employee,
      description: `Project ${i}`,
      amount: decimal(1_000 + i),
      start_date: date(Date.now() - (10 + i) * DAY),
    })),
  );
  const stageOf = (i: number) => STAGES[i % STAGES.length]!;
  const at = (...stages: string[]) => ids.filter((_, i) => stages.includes(stageOf(i)));
  await user.call('model.sale.opportunity.opportunity', at('opportunity', 'converted', 'won'));
  await user.call('model.sale.opportunity.lost', at('lost'));
  await user.call('model.sale.opportunity.cancel', at('cancelled'));
  await user.call('model.sale.opportunity.convert', at('converted', 'won'));

  const sales: { id: number; origin: string; party: number }[] = await user.call(
    'model.sale.sale.search_read',
    [['origin', 'like', 'sale.opportunity,%']],
    0,
    null,
    [['id', 'ASC']],
    ['origin', 'party'],
  );
  const address = new Map(buyers.map((buyer) => [buyer.id, buyer.address]));
  for (const sale of sales) {
    await user.call('model.sale.sale.write', [sale.id], {
      invoice_address: address.get(sale.party),
      shipment_address: address.get(sale.party),
      invoice_method: 'manual',
      shipment_method: 'manual',
      lines: [['create', [line(0, 2_000)]]],
    });
  }
  const winners = new Set(at('won').map((id) => `sale.opportunity,${id}`));
  const winning = sales.filter(({ origin }) => winners.has(origin));
  await win(
    user,
    winning.map(({ id }) => id),
  );
  return {
    won: winning.map(({ id, origin }) => ({ opportunity: origin.split(',')[1]!, sale: String(id) })),
    drafts: sales.filter(({ origin }) => !winners.has(origin)).map(({ id }) => id),
  };
}

/** Somebody must work on an opportunity. */
export async function addEmployee(user: User): Promise<number> {
  const [clerk] = await user.call('model.party.party.create', [{ name: 'Our clerk' }]);
  const company = await idOf(user, 'company.company', ['id', '>', 0]);
  const [employee] = await user.call('model.company.employee.create', [{ party: clerk, company }]);
  return employee;
}

async function win(user: User, sales: number[]): Promise<number[]> {
  await user.call('model.sale.sale.quote', sales);
  await user.call('model.sale.sale.confirm', sales);
  return sales;
}

async function idOf(user: User, model: string, condition: unknown[]): Promise<number> {
  const [id] = await user.call(`model.${model}.search`, [condition], 0, 1, null);
  return id;
}

async function inParts<T>(all: T[], work: (part: T[]) => Promise<number[]>): Promise<number[]> {
  const done: number[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) done.push(...(await work(all.slice(i, i + AT_ONCE))));
  return done;
}

/** Numbers from 0 to 1 that look random and are the same each time (a linear congruence; Numerical Recipes). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
