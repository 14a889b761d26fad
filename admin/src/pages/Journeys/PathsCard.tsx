import { Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { Paths } from '../../../../server/src/ranking/journeys/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Segments } from '../../components/Segments';
import { tierName } from '../../components/tier-words';
import { useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import type { ReportProps } from './JourneysView';
import { PathList } from './PathList';

const MISSING: Record<'no value run' | 'no tiers', MessageId> = {
  'no value run': 'clv.journeys.tier.no-run',
  'no tiers': 'clv.journeys.tier.none',
};

/** The longest paths of which those that may be told still hold half of the customers. */
const firstLength = (all: Paths[]) =>
  (all.findLast(({ customers, few }) => few.customers <= customers / 2) ?? all[0])?.length ?? 2;

/** What customers read last before their first order, path by path. */
export function PathsCard({ report, names }: ReportProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(report.currency);
  const { topTier, fewest } = report;
  const [who, setWho] = useState<'all' | 'tier'>('all');
  const all = who === 'tier' && 'paths' in topTier ? topTier.paths : report.paths;
  const [wanted, setLength] = useState<number | null>(null);
  const length = wanted ?? firstLength(all);
  const shown = all.find((one) => one.length === length) ?? all[0];
  if (!shown) return null;
  const { paths, customers, others, few } = shown;
  const told = paths.reduce((sum, path) => sum + path.customers, 0);
  return (
    <ChartFrame
      title={text('clv.journeys.paths.title')}
      summary={text('clv.journeys.paths.summary', { n: customers, length })}
      controls={
        <Flex gap={3} wrap="wrap">
          <Segments
            label={text('clv.journeys.paths.length')}
            value={String(length)}
            options={all.map((one) => [
              String(one.length),
              text('clv.journeys.paths.last', { n: one.length }),
            ])}
            onChange={(chosen) => setLength(Number(chosen))}
          />
          {'tier' in topTier && (
            <Segments
              label={text('clv.journeys.paths.who')}
              value={who}
              options={[
                ['all', text('clv.journeys.paths.everyone')],
                ['tier', text('clv.journeys.paths.tier', { tier: tierName(topTier.tier, text) })],
              ]}
              onChange={setWho}
            />
          )}
        </Flex>
      }
      table={{
        columns: [
          { label: text('clv.journeys.column.path'), wrap: true },
          { label: text('clv.column.customers'), end: true },
          { label: text('clv.journeys.column.share'), end: true },
          { label: text('clv.journeys.column.days'), end: true },
          { label: text('clv.journeys.column.quartiles'), end: true },
          { label: text('clv.journeys.column.value'), end: true },
        ],
        rows: paths.map(({ contentIds, customers: n, share, days, value }) => [
          contentIds.map(names.title).join(' › '),
          format.integer(n),
          words.cell(share, 'share'),
          words.cell(days.median, 'days'),
          'value' in days.lowerQuartile && 'value' in days.upperQuartile
            ? `${words.figure(days.lowerQuartile, 'days')} – ${words.figure(days.upperQuartile, 'days')}`
            : '–',
          words.cell(value, 'money'),
        ]),
      }}
    >
      {paths.length > 0 ? (
        <PathList paths={paths} customers={customers} currency={report.currency} names={names} />
      ) : (
        <Typography textColor="neutral700">{text('clv.journeys.paths.none', { n: fewest })}</Typography>
      )}
      <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={3}>
        {text('clv.journeys.paths.rest', {
          told,
          others: others.customers,
          otherPaths: others.paths,
          few: few.customers,
          fewPaths: few.paths,
          fewest,
        })}
        {'missing' in topTier && ` ${text(MISSING[topTier.missing])}`}
      </Typography>
    </ChartFrame>
  );
}
