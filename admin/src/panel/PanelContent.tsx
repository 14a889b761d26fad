import { Box, Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ItemPanel } from '../../../server/src/ranking/api-types';
import { IntervalBar } from '../components/IntervalBar';
import { commonScale, reach } from '../components/interval-scale';
import { Movement } from '../components/Movement';
import { VerdictBadge } from '../components/VerdictBadge';
import { useFormats } from '../format';
import { isTooEarly, landmarkWords, VALUE_NAME, verdictReason } from '../pages/Rankings/explain';
import { PLUGIN_ID } from '../plugin';
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
  const scale = commonScale([item]);
  const beside = reach(scale);
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
      {!isTooEarly(item) && (
        <Box>
          <Flex gap={2} alignItems="baseline" wrap="wrap">
            <Typography variant="beta">
              {format.signedMoney(item.difference, snapshot.currency, beside)}
            </Typography>
            <Typography variant="pi" textColor="neutral600">
              {text('clv.panel.difference', { value: text(VALUE_NAME[snapshot.value]) })}
            </Typography>
          </Flex>
          <IntervalBar item={item} scale={scale} currency={snapshot.currency} />
          {item.differenceLow !== null && (
            <Typography variant="pi" textColor="neutral600">
              {text('clv.panel.interval', {
                low: format.money(item.differenceLow, snapshot.currency, beside),
                high: format.money(item.differenceHigh, snapshot.currency, beside),
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
      <More to={`/plugins/${PLUGIN_ID}?landmark=${encodeURIComponent(snapshot.landmark)}`}>
        {text('clv.panel.more')}
      </More>
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
