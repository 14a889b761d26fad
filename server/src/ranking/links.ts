import type { Knex } from 'knex';
import type { PersonNumbers } from './people';
import { analyze, fillLinks, LINKS } from './queries/links-table';
import { visitorLinks } from './queries/visitor-links';

/** Whose browser a visitor was, and when: persons by number; link `i` stands at place `i` of each column. */
export interface Links {
  person: number[];
  visitorKey: string[];
  validFrom: number[];
  validTo: number[];
}

/** Reads who had which browser, and numbers these persons. */
export async function loadLinks(knex: Knex, numbers: PersonNumbers): Promise<Links> {
  const links: Links = { person: [], visitorKey: [], validFrom: [], validTo: [] };
  for await (const chunk of visitorLinks(knex)) {
    for (const { personId, visitorKey, validFrom, validTo } of chunk) {
      links.person.push(numbers.of(personId));
      links.visitorKey.push(visitorKey);
      links.validFrom.push(validFrom);
      links.validTo.push(validTo);
    }
  }
  return links;
}

/** Puts the links of some persons, or of all, into the temporary table that touches are joined to. */
export async function tabulateLinks(
  knex: Knex,
  { person, visitorKey, validFrom, validTo }: Links,
  isWanted: (person: number) => boolean = () => true,
): Promise<void> {
  const rows = person.map((number, i) => [number, visitorKey[i]!, validFrom[i]!, validTo[i]!]);
  await fillLinks(
    knex,
    rows.filter(([number]) => isWanted(number as number)),
  );
  await analyze(knex, LINKS);
}
