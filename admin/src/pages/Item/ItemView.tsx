import { styled } from 'styled-components';
import type { ItemPage } from '../../../../server/src/ranking/item/api-types';
import { ItemAdvice } from '../../components/ItemAdvice';
import { Grid } from '../Value/ReportView';
import { BalanceCard } from './BalanceCard';
import { CloserLook } from './CloserLook';
import { CreditCard } from './CreditCard';
import { DistributionCard } from './DistributionCard';
import { EffectsCard } from './EffectsCard';
import { JourneysCard } from './JourneysCard';
import { SlicesCard } from './SlicesCard';
import { TrendCard } from './TrendCard';
import { VerdictCard } from './VerdictCard';

export interface RankedProps {
  page: ItemPage;
  ranked: NonNullable<ItemPage['ranked']>;
}

/** What is known of an item in one ranking: the verdict first, then what it rests on, then how it came about. */
export function ItemView({ page, ranked, reload }: RankedProps & { reload: () => void }) {
  const props = { page, ranked };
  return (
    <Stack>
      <ItemAdvice contentId={page.content.contentId} landmark={ranked.snapshot.landmark} />
      <VerdictCard {...props} />
      <Grid>
        <EffectsCard {...props} />
        <DistributionCard {...props} />
        <BalanceCard {...props} />
        <SlicesCard {...props} />
      </Grid>
      <CloserLook {...props} reload={reload} />
      <Grid>
        <TrendCard {...props} />
        <CreditCard {...props} />
      </Grid>
      <JourneysCard {...props} />
    </Stack>
  );
}

const Stack = styled.div`
  display: grid;
  gap: 1.6rem;
  min-width: 0;
`;
