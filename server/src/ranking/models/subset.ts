import type { Exposures } from './exposures';
import type { Persons } from './persons';

/** Persons and what they touched, numbered by themselves. */
export interface People {
  persons: Persons;
  exposures: Exposures;
}

/** Some of the persons as a world of their own: all that is asked of them afterwards costs no more than they are. */
export function subsetOf({ persons, exposures }: People, belongs: (person: number) => boolean): People {
  const numberOf = new Int32Array(persons.count).fill(-1);
  const list: number[] = [];
  for (let person = 0; person < persons.count; person++) {
    if (belongs(person)) numberOf[person] = list.push(person) - 1;
  }
  const column = (values: Float64Array) => Float64Array.from(list, (person) => values[person]!);
  return {
    persons: {
      count: list.length,
      firstOrderAt: column(persons.firstOrderAt),
      firstSeenAt: column(persons.firstSeenAt),
      values: column(persons.values),
      valuesFromDate: column(persons.valuesFromDate),
      priorValues: column(persons.priorValues),
      channels: list.map((person) => persons.channels[person]),
      ...(persons.companies && { companies: list.map((person) => persons.companies![person]) }),
      accountSizes: column(persons.accountSizes),
    },
    exposures: exposuresOf(exposures, numberOf),
  };
}

/** @param numberOf the new number of each person, −1 for who is left out */
function exposuresOf({ contents, start, person, firstAt }: Exposures, numberOf: Int32Array): Exposures {
  let kept = 0;
  for (let i = 0; i < person.length; i++) if (numberOf[person[i]!]! >= 0) kept++;
  const subset: Exposures = {
    contents,
    start: new Uint32Array(contents + 1),
    person: new Int32Array(kept),
    firstAt: new Float64Array(kept),
  };
  let place = 0;
  for (let item = 0; item < contents; item++) {
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      const number = numberOf[person[i]!]!;
      if (number < 0) continue;
      subset.person[place] = number;
      subset.firstAt[place++] = firstAt[i]!;
    }
    subset.start[item + 1] = place;
  }
  return subset;
}
