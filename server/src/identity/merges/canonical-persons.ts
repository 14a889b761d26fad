/** A merge in force: `from` is the same human as `into`. */
export interface ActiveMerge {
  from: string;
  into: string;
}

/**
 * The canonical person of everyone in these merges. Each merge puts the whole group of `from` under the canonical
 * person of `into`. The answer depends on the merges in force and their order alone; so taking one back leaves
 * exactly what the others say.
 *
 * @param merges in the order in which they were decided
 */
export function canonicalPersons(merges: ActiveMerge[]): Map<string, string> {
  const canonical = new Map<string, string>();
  const of = (person: string) => canonical.get(person) ?? person;
  for (const { from, into } of merges) {
    const [old, target] = [of(from), of(into)];
    canonical.set(from, target);
    canonical.set(into, target);
    for (const [person, group] of canonical) if (group === old) canonical.set(person, target);
    canonical.set(old, target);
  }
  return canonical;
}
