import type { Figure } from '../../clv/api-types';
import { mapFigure } from '../../clv/kpis/figure';
import type { Flow, FlowKey } from '../models/journeys/flow';
import type { ItemJourneys } from '../models/journeys/item-journeys';
import type { Paths } from '../models/journeys/paths';
import type * as api from './api-types';

/** Turns what the models say into what screens are told: content ids for numbers of items, major units for minor ones. */
export class Told {
  readonly #contentIds: number[];
  readonly #unit: number;

  /** @param unit minor units in a major unit */
  constructor(contentIds: number[], unit: number) {
    this.#contentIds = contentIds;
    this.#unit = unit;
  }

  #money(figure: Figure): Figure {
    return mapFigure(figure, (value) => value / this.#unit);
  }

  #key(key: FlowKey): api.FlowKey {
    return typeof key === 'number' ? this.#contentIds[key]! : key;
  }

  /** Whatever is told of an item. */
  row<Row extends { item: number }>({ item, ...rest }: Row): Omit<Row, 'item'> & { contentId: number } {
    return { contentId: this.#contentIds[item]!, ...rest };
  }

  flow({ persons, nodes, links }: Flow): api.Flow {
    return {
      persons,
      nodes: nodes.map((node) => ({ ...node, key: this.#key(node.key) })),
      links: links.map((link) => ({ ...link, from: this.#key(link.from), to: this.#key(link.to) })),
    };
  }

  paths(all: Paths[]): api.Paths[] {
    return all.map(({ paths, ...rest }) => ({
      ...rest,
      paths: paths.map(({ items, value, ...path }) => ({
        contentIds: items.map((item) => this.#contentIds[item]!),
        ...path,
        value: this.#money(value),
      })),
    }));
  }

  item({ before, next, ...rest }: ItemJourneys): api.ItemJourneys {
    return {
      ...this.row(rest),
      before: before.map((one) => this.row(one)),
      next: next.map(({ value, ...one }) => ({ ...this.row(one), value: this.#money(value) })),
    };
  }
}
