/** Worlds that recommendations are tried in; amounts in minor units, where a customer is worth about 20,000 before. */
const SITE = {
  customers: 3_000,
  contents: 60,
  confounding: 0.7,
  reading: 1,
  trueShare: 0.2,
  channelsTell: 0.3,
  readWorth: 100,
  likingWorth: 0,
  visitors: 400,
};

/** `wins`: what recommended must beat; the others it must not lose against beyond noise. */
export const STUDIES = [
  {
    name: 'some items true',
    told: 'a fifth of the items raise value; people have tastes, heavy readers order more, every read is worth a little',
    world: SITE,
    wins: ['popular', 'newest', 'plain', 'random'],
    quick: 20,
  },
  {
    name: 'taste is everything',
    told: 'no item has an effect of its own; a read is worth as much as the reader likes its topic',
    world: { ...SITE, trueShare: 0, readWorth: 0, likingWorth: 500 },
    wins: ['popular', 'newest', 'plain', 'random'],
    quick: 8,
  },
  {
    name: 'nothing is true',
    told: 'no item has an effect and nobody likes anything more than others do; every read is worth a little',
    world: { ...SITE, reading: undefined, trueShare: 0, channelsTell: 0 },
    wins: [],
    quick: 8,
  },
];
