import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { TrackingStatus } from '../../../../server/src/tracking/api-types';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';

/** What the server counts, in plain words; in the order in which it matters. */
const WORDS: Record<string, [name: MessageId, meaning: MessageId]> = {
  accepted: ['clv.counter.accepted', 'clv.counter.accepted.what'],
  duplicate: ['clv.counter.duplicate', 'clv.counter.duplicate.what'],
  'dropped.consent': ['clv.counter.consent', 'clv.counter.consent.what'],
  'dropped.gpc': ['clv.counter.gpc', 'clv.counter.gpc.what'],
  'dropped.dnt': ['clv.counter.dnt', 'clv.counter.dnt.what'],
  'dropped.bot': ['clv.counter.bot', 'clv.counter.bot.what'],
  'dropped.prefetch': ['clv.counter.prefetch', 'clv.counter.prefetch.what'],
  'refused.rate': ['clv.counter.rate', 'clv.counter.rate.what'],
  rejected: ['clv.counter.rejected', 'clv.counter.rejected.what'],
  'dropped.overflow': ['clv.counter.overflow', 'clv.counter.overflow.what'],
  errors: ['clv.counter.errors', 'clv.counter.errors.what'],
};

/** Always shown, since their being zero says something. */
const ALWAYS = ['accepted', 'duplicate', 'dropped.consent'];

/** What became of everything that arrived. */
export function Counters({ status: { counters, lastTouchAt } }: { status: TrackingStatus }) {
  const text = useText();
  const format = useFormats();
  const names = [...new Set([...Object.keys(WORDS), ...Object.keys(counters)])];
  const shown = names.filter((name) => ALWAYS.includes(name) || counters[name]);
  return (
    <Box>
      <Flex gap={2} paddingBottom={4} wrap="wrap">
        <Typography textColor="neutral600">{text('clv.settings.last-touch')}</Typography>
        <Typography fontWeight="bold">
          {lastTouchAt ? (
            <time dateTime={new Date(lastTouchAt).toISOString()} title={format.dateTime(lastTouchAt)}>
              {format.ago(lastTouchAt)}
            </time>
          ) : (
            text('clv.settings.no-touch')
          )}
        </Typography>
      </Flex>
      <List>
        {shown.map((name) => {
          const words = WORDS[name];
          return (
            <div key={name}>
              <dt>{words ? text(words[0]) : name}</dt>
              <dd>
                <b>{format.integer(counters[name] ?? 0)}</b>
                {words && <p>{text(words[1])}</p>}
              </dd>
            </div>
          );
        })}
      </List>
    </Box>
  );
}

const List = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr));
  gap: 2rem 3.2rem;
  margin: 0;
  font-size: 1.2rem;
  line-height: 1.7rem;
  color: ${({ theme }) => theme.colors.neutral600};

  div {
    display: flex;
    flex-direction: column;
  }

  dt {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  dd {
    margin: 0;
  }

  b {
    font-size: 2rem;
    line-height: 3rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
