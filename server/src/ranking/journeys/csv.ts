import { stringify } from 'csv-stringify/sync';
import type { Figure } from '../../clv/api-types';
import type { ContentName, FlowKey, ItemJourneys, JourneysReport, Paths } from './api-types';

export const TABLES = ['paths', 'entries', 'closings', 'flow', 'next'] as const;
export type Table = (typeof TABLES)[number];

type Cell = string | number | null;

/** A figure takes three columns, empty where there is too little data for it. */
const figure = (one: Figure): Cell[] =>
  'value' in one ? [one.value, one.low, one.high] : [null, null, null];
const figureColumns = (name: string) => [name, `${name}_low`, `${name}_high`];

/** Titles and keys of items by content id, for the rows of a file. */
function naming(contents: ContentName[]) {
  const known = new Map(contents.map((content) => [content.contentId, content]));
  const titleOf = (id: number) => known.get(id)?.title ?? '';
  const keyOf = (id: number) => {
    const content = known.get(id);
    if (!content) return String(id);
    const { uid, documentId, locale } = content;
    return [uid, documentId, ...(locale ? [locale] : [])].join('/');
  };
  return { titleOf, keyOf, item: (id: number) => [keyOf(id), titleOf(id)] };
}

type Naming = ReturnType<typeof naming>;

/** One table of the Journeys page as CSV; no cell is run as a formula by a spreadsheet. */
export function journeysCsv(
  table: Table,
  report: JourneysReport,
  items: ItemJourneys[],
  contents: ContentName[],
): string {
  const names = naming(contents);
  const rows = {
    paths: () => pathRows(report, names),
    entries: () => entryRows(report, names),
    closings: () => closingRows(report, names),
    flow: () => flowRows(report, names),
    next: () => nextRows(items, names),
  }[table]();
  return stringify(rows, { escape_formulas: true });
}

function pathRows({ paths, topTier }: JourneysReport, { titleOf, keyOf }: Naming): Cell[][] {
  const rowsOf = (tier: string, all: Paths[]) =>
    all.flatMap(({ length, paths: shown }) =>
      shown.map(({ contentIds, customers, share, days, value }) => [
        tier,
        length,
        contentIds.map(keyOf).join(' > '),
        contentIds.map(titleOf).join(' > '),
        customers,
        ...figure(share),
        ...figure(days.median),
        ...figure(days.lowerQuartile),
        ...figure(days.upperQuartile),
        ...figure(value),
      ]),
    );
  return [
    [
      'tier',
      'last_items',
      'content_ids',
      'titles',
      'customers',
      ...figureColumns('share'),
      ...figureColumns('median_days'),
      ...figureColumns('lower_quartile_days'),
      ...figureColumns('upper_quartile_days'),
      ...figureColumns('median_value'),
    ],
    ...rowsOf('', paths),
    ...('paths' in topTier ? rowsOf(topTier.tier, topTier.paths) : []),
  ];
}

const entryRows = ({ entries }: JourneysReport, { item }: Naming): Cell[][] => [
  [
    'content_id',
    'title',
    'persons',
    'ordered',
    ...figureColumns('conversion'),
    ...figureColumns('lift'),
    ...figureColumns('median_days'),
    ...figureColumns('lower_quartile_days'),
    ...figureColumns('upper_quartile_days'),
  ],
  ...entries.map(({ contentId, persons, ordered, conversion, lift, days }) => [
    ...item(contentId),
    persons,
    ordered,
    ...figure(conversion),
    ...figure(lift),
    ...figure(days.median),
    ...figure(days.lowerQuartile),
    ...figure(days.upperQuartile),
  ]),
];

const closingRows = ({ closings }: JourneysReport, { item }: Naming): Cell[][] => [
  [
    'content_id',
    'title',
    'customers',
    ...figureColumns('share'),
    'readers',
    ...figureColumns('last_of_readers'),
  ],
  ...closings.map(({ contentId, customers, share, readers, lastOfReaders }) => [
    ...item(contentId),
    customers,
    ...figure(share),
    readers,
    ...figure(lastOfReaders),
  ]),
];

function flowRows({ flow, fewest }: JourneysReport, { item }: Naming): Cell[][] {
  const end = (key: FlowKey) => (typeof key === 'number' ? item(key) : [key, '']);
  return [
    ['step', 'from', 'from_title', 'to', 'to_title', 'persons'],
    // Too few persons may still have gone from other items to an outcome.
    ...flow.links
      .filter(({ persons }) => persons >= fewest)
      .map(({ step, from, to, persons }) => [step + 1, ...end(from), ...end(to), persons]),
  ];
}

const nextRows = (items: ItemJourneys[], { item }: Naming): Cell[][] => [
  [
    'content_id',
    'title',
    'next_content_id',
    'next_title',
    'persons',
    ...figureColumns('share'),
    ...figureColumns('lift'),
    'ordered',
    ...figureColumns('conversion'),
    ...figureColumns('conversion_lift'),
    ...figureColumns('mean_value'),
  ],
  ...items.flatMap(({ contentId, next }) =>
    next.map((one) => [
      ...item(contentId),
      ...item(one.contentId),
      one.persons,
      ...figure(one.share),
      ...figure(one.lift),
      one.ordered,
      ...figure(one.conversion),
      ...figure(one.conversionLift),
      ...figure(one.value),
    ]),
  ),
];
