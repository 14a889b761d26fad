import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { isFetchError } from '@strapi/strapi/admin';
import { Link, useParams } from 'react-router-dom';
import type { CustomerDetail } from '../../../../server/src/clv/api-types';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { StageBadge } from '../../components/StageBadge';
import { tierName } from '../../components/tier-words';
import { useFormats } from '../../format';
import { PLUGIN_ID } from '../../plugin';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { Grid } from '../Value/ReportView';
import { personName } from './CustomersTable';
import { Events } from './Events';
import { OrderCredits } from './OrderCredits';
import { PersonSignals } from './PersonSignals';
import { Predictions } from './Predictions';
import { TimeLine } from './TimeLine';
import { Timing } from './Timing';
import { Worth } from './Worth';

export interface CustomerProps {
  detail: CustomerDetail;
  currency: string;
  timezone: string;
}

export default function CustomerPage() {
  const text = useText();
  const { personId = '' } = useParams();
  const { data, error, reload } = useResource(`customer ${personId}`, () => api.customer(personId));
  const gone = isFetchError(error) && error.status === 404;
  return (
    <PluginPage title={text('clv.nav.customers')} subtitle={text('clv.people.subtitle')}>
      <div>
        <TextLink tag={Link} to={`/plugins/${PLUGIN_ID}/customers`} startIcon={<ArrowLeft />}>
          {text('clv.person.back')}
        </TextLink>
      </div>
      {gone ? (
        <Note tone="warning" title={text('clv.person.gone')}>
          {text('clv.person.gone.what')}
        </Note>
      ) : error ? (
        <ErrorState title={text('clv.person.error')} error={error} retry={reload} />
      ) : data ? (
        <Person detail={data} currency={data.run?.currency ?? 'EUR'} timezone={data.run?.timezone ?? 'UTC'} />
      ) : (
        <CardSkeleton cards={6} />
      )}
    </PluginPage>
  );
}

function Person(props: CustomerProps) {
  const text = useText();
  const format = useFormats();
  const { customer, run, signals } = props.detail;
  const { customerIds, channel, segment, tier, previousTier } = customer;
  const facts = [
    customerIds.length > 1 && text('clv.person.ids', { ids: customerIds.join(', ') }),
    channel && text('clv.person.channel', { channel }),
    segment && text('clv.person.segment', { segment }),
    tier && text('clv.person.tier', { tier: tierName(tier, text) }),
    tier &&
      previousTier &&
      previousTier !== tier &&
      text('clv.people.before', { tier: tierName(previousTier, text) }),
    text('clv.person.updated', { ago: format.ago(customer.updatedAt) }),
  ];
  return (
    <>
      {run?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      <div>
        <Flex gap={3} wrap="wrap" alignItems="center">
          <Typography tag="h3" variant="beta">
            {personName(customer, text)}
          </Typography>
          <StageBadge stage={customer.stage} />
        </Flex>
        <Typography tag="p" textColor="neutral600" paddingTop={1}>
          {facts.filter(Boolean).join(' · ')}
        </Typography>
        <Timing timing={props.detail.timing} />
      </div>
      <Grid>
        <Worth {...props} />
        <Predictions {...props} />
      </Grid>
      <TimeLine {...props} />
      {signals.length > 0 && <PersonSignals {...props} />}
      <OrderCredits {...props} />
      <Events {...props} />
    </>
  );
}
