import type { Knex } from 'knex';
import type { Links } from './links';
import type { Exposures } from './models/exposures';
import type { Orders } from './models/orders';
import type { Persons } from './models/persons';
import type { Ranking } from './models/rank';
import type { Content } from './queries/contents';
import type { RankingTaskData } from './rank.task';

/** Everyone's ranking at a landmark, as far as it is of use afterwards; amounts are minor units. */
export type RankingOfEveryone = Pick<Ranking, 'items' | 'comparable'>;

/** What a run reads once in its thread, for all that is asked of it. Persons and items are numbered from 0. */
export interface RunData {
  /** The thread's own connection; the temporary table of links (`queries/links-table`) tells whose browser is whose. */
  knex: Knex;
  settings: RankingTaskData;
  persons: Persons;
  /** Every paid order, in the report's currency. */
  orders: Orders;
  /** Canonical ids of the persons, by number; those with a browser come first. */
  personIds: string[];
  /** How many persons have a browser, and so may have touches. */
  linked: number;
  links: Links;
  /** Items of the report by number: `clv_contents.id`, and what they are. */
  contentIds: number[];
  contents: Content[];
  /** When each person first touched each item; of items of the report alone. */
  exposures: Exposures;
  /** By landmark, in the order of ranking; empty until they are computed. */
  rankings: Map<string, RankingOfEveryone>;
}

/** What a screen beside the rankings reads: of the whole run, and of single items by their number. Bodies become JSON. */
export interface Section {
  name: string;
  body: unknown;
  items?: { item: number; body: unknown }[];
}

/** One more question that a run answers, after the rankings. */
export type SectionMaker = (data: RunData, progress: (fraction: number) => void) => Promise<Section>;
