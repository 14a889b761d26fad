import type { Exposures } from '../exposures';
import type { Division } from '../landmark';
import { isMember } from '../membership';
import { type Orders, valuesBefore } from '../orders';
import type { Persons } from '../persons';
import type { People } from '../subset';

/**
 * The world turned round: what people read after some moment, and what they were worth before it. No reading can have made
 * value that came before, so whatever shows here comes of who reads what, and would show in the ranking too (M. Lipsitch,
 * E. Tchetgen Tchetgen and T. Cohen, "Negative controls", Epidemiology 21, 2010). The moment is the first order, whose own
 * amount is the value then, and at other landmarks that by which half of all items had been read.
 *
 * @param leftOut items that are read because somebody ordered: of them the control says nothing
 */
export function negativeControl(
  { persons, exposures }: People,
  orders: Orders,
  division: Division,
  leftOut: ReadonlySet<number>,
): People {
  const end = typeof division === 'object' ? division.at : Number.POSITIVE_INFINITY;
  const middle = division === 'first-order' ? 0 : middleOf(exposures, end);
  const moments = Float64Array.from({ length: persons.count }, (_, person) => {
    const firstOrderAt = persons.firstOrderAt[person]!;
    const firstSeenAt = persons.firstSeenAt[person]!;
    if (!isMember(division, { firstOrderAt, firstSeenAt })) return Number.NaN;
    if (division === 'first-order') return firstOrderAt;
    return firstSeenAt < middle ? middle : Number.NaN;
  });
  // The first order itself counts.
  const before = division === 'first-order' ? moments.map((at) => at + 1) : moments;
  const values = valuesBefore(orders, before);
  const members = Int32Array.from(moments.keys()).filter((person) => !Number.isNaN(moments[person]!));
  return {
    persons: among(persons, members, moments, values),
    exposures: after(exposures, members, moments, end, leftOut),
  };
}

/** Times that are sorted to find the middle one. */
const SAMPLE = 20_000;

/** When about half of the first touches before a moment had happened. */
function middleOf({ firstAt }: Exposures, end: number): number {
  const step = Math.max(1, Math.floor(firstAt.length / SAMPLE));
  const times = firstAt.filter((at, i) => i % step === 0 && at < end).sort();
  return times[times.length >> 1] ?? end;
}

function among(persons: Persons, members: Int32Array, moments: Float64Array, values: Float64Array): Persons {
  const column = (of: (person: number) => number) => Float64Array.from(members, of);
  const never = column(() => Number.POSITIVE_INFINITY);
  return {
    count: members.length,
    // Nobody is a customer here: who had ordered is what is to be explained.
    firstOrderAt: never,
    firstSeenAt: column((person) => Math.min(moments[person]!, persons.firstSeenAt[person]!)),
    values: column((person) => values[person]!),
    valuesFromDate: never,
    priorValues: never,
    // What only the CRM knows is known of buyers above all, and would tell of the value that is to be explained.
    channels: Array.from(members, () => undefined),
    accountSizes: column(() => 1),
  };
}

function after(
  { contents, start, person, firstAt }: Exposures,
  members: Int32Array,
  moments: Float64Array,
  end: number,
  leftOut: ReadonlySet<number>,
): Exposures {
  const numberOf = new Map(Array.from(members, (member, number) => [member, number]));
  const persons: number[] = [];
  const times: number[] = [];
  const starts = new Uint32Array(contents + 1);
  for (let item = 0; item < contents; item++) {
    for (let i = start[item]!; i < start[item + 1]! && !leftOut.has(item); i++) {
      const at = firstAt[i]!;
      if (!(at > moments[person[i]!]! && at < end)) continue;
      persons.push(numberOf.get(person[i]!)!);
      times.push(at);
    }
    starts[item + 1] = persons.length;
  }
  return { contents, start: starts, person: Int32Array.from(persons), firstAt: Float64Array.from(times) };
}
