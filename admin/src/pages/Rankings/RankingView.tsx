import { Box, Flex } from '@strapi/design-system';
import { useEffect, useMemo } from 'react';
import type { RankingPage, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Note } from '../../components/Note';
import { Nothing } from '../../components/Nothing';
import { Pager } from '../../components/Pager';
import { useFormats } from '../../format';
import { measureOf } from '../../measure';
import { useMedia } from '../../media';
import { useText } from '../../text';
import { Basis } from './Basis';
import { Filters } from './Filters';
import { LandmarkChoice } from './LandmarkChoice';
import { PickBar, usePicks } from './Picks';
import { type ChangeQuery, isFiltered, type RankingQuery, unfiltered, writeQuery } from './query';
import { RankingCards } from './RankingCards';
import { RankingTable } from './RankingTable';

const NARROW = '(max-width: 1239px)';

interface RankingViewProps {
  page: RankingPage;
  snapshot: SnapshotHead;
  query: RankingQuery;
  change: ChangeQuery;
}

/** A snapshot: what it answers, what it was computed over, and its items. */
export function RankingView({ page, snapshot, query, change }: RankingViewProps) {
  const text = useText();
  const narrow = useMedia(NARROW);
  const { items, facets, pagination } = page;
  const format = useFormats();
  const measure = useMemo(() => measureOf(snapshot, format), [snapshot, format]);
  const scale = useMemo(() => measure.scale(items.map(measure.of)), [items, measure]);
  const picks = usePicks();
  const tooEarly =
    !isFiltered(query) && items.length > 0 && items.every(({ verdict }) => verdict === 'not enough data');
  useEffect(() => {
    // An address from when the ranking was longer.
    if (items.length === 0 && pagination.total > 0) change({ page: pagination.pageCount });
  }, [items, pagination, change]);
  const List = narrow ? RankingCards : RankingTable;

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <LandmarkChoice
        landmarks={facets.landmarks}
        chosen={query.landmark ?? snapshot.landmark}
        onChoose={(landmark) => change({ landmark })}
      />
      <Filters query={query} change={change} facets={facets} />
      {tooEarly && (
        <Note tone="info" title={text('clv.too-early')}>
          {text('clv.too-early.what', { needed: snapshot.needed })}
        </Note>
      )}
      <Basis snapshot={snapshot} />
      {items.length === 0 ? (
        <Nothing onClear={isFiltered(query) ? () => change(unfiltered) : undefined}>
          {text(isFiltered(query) ? 'clv.nothing.filtered' : 'clv.nothing')}
        </Nothing>
      ) : (
        <Box
          background={narrow ? undefined : 'neutral0'}
          shadow={narrow ? undefined : 'tableShadow'}
          hasRadius
        >
          <Box overflow={narrow ? undefined : 'auto'} hasRadius>
            <List
              items={items}
              snapshot={snapshot}
              measure={measure}
              scale={scale}
              query={query}
              change={change}
              picks={picks}
            />
          </Box>
        </Box>
      )}
      <Pager
        label={text('clv.pages')}
        pagination={pagination}
        to={(number) => `?${writeQuery({ ...query, page: number })}`}
        onSize={(pageSize) => change({ pageSize })}
      />
      <PickBar picks={picks} landmark={snapshot.landmark} />
    </Flex>
  );
}
