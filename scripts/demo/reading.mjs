// What the imaginary people of the demonstration read, and when.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The month, in days. */
export const DAYS = 29;

/**
 * How often a reader picks an item (1 is ordinary) and by how much it raises the logarithm of the first order.
 * `only` restricts who comes across it: customers (after their first order), or everybody in the last days.
 */
const TRAITS = {
  'total-cost-study': { reach: 1.1, effect: 0.6 },
  'lease-or-buy': { reach: 0.9, effect: 0.55 },
  'hotel-breakfast': { reach: 0.7, effect: 0.6 },
  'five-year-cost': { reach: 1.5, effect: 0.45 },
  'roastery-day': { reach: 1.6 },
  'coffee-corner': { reach: 1.3 },
  sustainability: { reach: 0.8 },
  descaling: { reach: 6, only: 'customers' },
  'autumn-models': { reach: 2, only: 'last days' },
  'hospital-hygiene': { reach: 0.08 },
};
export const traitOf = (item) => ({ reach: 1, effect: 0, only: null, ...TRAITS[item.key] });

/** A moment in office hours of a day, counted from the beginning of the month; never after its end. */
export function officeHours(random, end, day) {
  const midnight = Math.floor((end - DAYS * DAY) / DAY) * DAY + Math.floor(day) * DAY;
  const at = midnight + random.between(7, 18) * HOUR;
  return Math.floor(at < end - HOUR ? at : end - random.between(1, 6) * HOUR);
}

/** Different items, the likelier the greater their reach; those in `seen` are not read again. */
function choose(random, items, count, { isCustomer, at, end, seen }) {
  const open = items.filter((item) => {
    const { only } = traitOf(item);
    if (seen.has(item)) return false;
    return only === null || (only === 'customers' ? isCustomer : at > end - 3 * DAY);
  });
  const chosen = [];
  while (chosen.length < count && open.length > 0) {
    let left = random.uniform() * open.reduce((sum, item) => sum + traitOf(item).reach, 0);
    let index = 0;
    while (index < open.length - 1 && left >= traitOf(open[index]).reach) {
      left -= traitOf(open[index]).reach;
      index += 1;
    }
    const [item] = open.splice(index, 1);
    seen.add(item);
    chosen.push(item);
  }
  return chosen;
}

/** One visit: a view of each item, time spent on it, and the file of most white papers. */
function visit(random, items, at, channel) {
  const events = [];
  let clock = at;
  for (const item of items) {
    // A part of what is opened is only glanced at.
    const seconds = random.chance(0.35) ? random.integer(3, 25) : random.integer(30, 240);
    events.push({ kind: 'view', content: item.content, at: clock, channel });
    events.push({
      kind: 'read',
      content: item.content,
      at: clock + seconds * 1000,
      seconds,
      depth: random.integer(30, 100),
      channel,
    });
    if (item.kind === 'white-paper' && random.chance(0.7)) {
      events.push({ kind: 'download', content: item.content, at: clock + 1000 * (seconds + 5), channel });
    }
    clock += (seconds + random.integer(5, 90)) * 1000;
  }
  return { at, events };
}

/** What someone reads of one language: those who prefer Italian read it where there is a translation. */
export function shelfOf(items, locale) {
  const translated = new Set(items.filter((item) => item.locale === locale).map((item) => item.key));
  return items
    .filter((item) => item.locale === locale || !translated.has(item.key))
    .filter((item) => item.locale !== 'it' || locale === 'it');
}

/** The visits of one person, on these days; nothing is read twice, and a visit without anything new is none. */
export function visitsOf(random, items, { days, perVisit, firstOrderAt, channel, end }) {
  const seen = new Set();
  const visits = days.map((day) => {
    const at = officeHours(random, end, day);
    const isCustomer = firstOrderAt !== null && at > firstOrderAt;
    return visit(random, choose(random, items, perVisit(), { isCustomer, at, end, seen }), at, channel);
  });
  return visits.filter(({ events }) => events.length > 0);
}
