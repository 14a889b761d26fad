import { Box, Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ItemPanel } from '../../../server/src/ranking/api-types';
import { IntervalBar } from '../components/IntervalBar';
import { Movement } from '../components/Movement';
import { VerdictBadge } from '../components/VerdictBadge';
import { useFormats } from '../format';
import { measureOf } from '../measure';
import { landmarkWords, verdictReason } from '../pages/Rankings/explain';
import { itemPath } from '../pages/Rankings/ItemTitle';
import { useText } from '../text';

/**
 * What was read before the first order answers the editor's question; everything at any time stands in for it while
 * that is too little.
 */
function choose(items: ItemPanel['items']) {
  const of = (landmark: string) => items.find(({ snapshot }) => snapshot.landmark === landmark);
  const says = (entry: ItemPanel['items'][number] | undefined) =>
    entry?.item.verdict !== 'not enough data' ? entry : undefined;
  return says(of('first-order')) ?? says(of('all')) ?? items[0];
}

/** The item's verdict in the ranking that is shown first, its figures, and the way to the whole ranking. */
export function PanelContent({ panel }: { panel: ItemPanel }) {
  const text = useText();
  const format = useFormats();
  const shown = choose(panel.items);
  if (!shown) {
    return (
      <Typography textColor="neutral600">
        {text(panel.readers > 0 ? 'clv.panel.not-ranked' : 'clv.panel.no-readers', { n: panel.readers })}
      </Typography>
    );
  }
  const { item, snapshot } = shown;
  const measure = measureOf(snapshot, format);
  const interval = measure.of(item);
  const reason = verdictReason(item, snapshot, text, format);
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <VerdictBadge verdict={item.verdict} />
        <Typography variant="pi" textColor="neutral600">
          {text('clv.panel.position', { position: item.position, items: snapshot.items })}{' '}
          {item.previousPosition !== null && (
            <Movement position={item.position} previous={item.previousPosition} />
          )}
        </Typography>
      </Flex>
      {interval.value !== null && (
        <Box>
          <Flex gap={2} alignItems="baseline" wrap="wrap">
            <Typography variant="beta">{measure.write(interval.value)}</Typography>
            <Typography variant="pi" textColor="neutral600">
              {text(measure.name)}
            </Typography>
          </Flex>
          <IntervalBar
            interval={interval}
            verdict={item.verdict}
            scale={measure.scale([interval])}
            measure={measure}
          />
          {interval.low !== null && (
            <Typography variant="pi" textColor="neutral600">
              {text('clv.panel.interval', {
                low: measure.end(interval.low, interval.value),
                high: measure.end(interval.high, interval.value),
              })}
            </Typography>
          )}
        </Box>
      )}
      <Typography variant="pi" textColor="neutral700">
        {reason}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {text('clv.readers-and-others', { readers: item.exposed, others: item.unexposed })}
        {' · '}
        {landmarkWords(snapshot.landmark, text, format).name}
      </Typography>
      {snapshot.landmark === 'all' && (
        <Typography variant="pi" textColor="neutral700">
          {text('clv.landmark.all.caution')}.
        </Typography>
      )}
      <More to={itemPath(item.contentId, snapshot.landmark)}>{text('clv.panel.more')}</More>
    </Flex>
  );
}

const More = styled(Link)`
  align-self: flex-start;
  font-size: 1.2rem;
  line-height: 1.6rem;
  font-weight: 500;
  color: ${({ theme }) => theme.colors.primary600};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;
