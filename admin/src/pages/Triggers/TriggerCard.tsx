import { Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Trigger, TriggerList } from '../../../../server/src/activation/triggers/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useAttempt } from '../../problem';
import { type MessageId, useText } from '../../text';
import { OnOff } from './OnOff';
import { inputOf, TRIGGERS, triggers } from './triggers-api';
import { destinationsOf, sentenceOf } from './words';

const COUNTS: [keyof Trigger['recent'], MessageId][] = [
  ['treated', 'clv.triggers.count.sent'],
  ['holdout', 'clv.triggers.count.held-out'],
  ['waiting', 'clv.triggers.count.waiting'],
  ['dead', 'clv.triggers.count.dead'],
];

const SKIPPED: [keyof NonNullable<Trigger['skipped']>, MessageId][] = [
  ['consent', 'clv.triggers.skipped.consent'],
  ['segment', 'clv.triggers.skipped.segment'],
  ['cooldown', 'clv.triggers.skipped.cooldown'],
];

interface TriggerCardProps {
  trigger: Trigger;
  list: TriggerList;
  onChange: () => void;
}

/** One trigger at a glance. */
export function TriggerCard({ trigger, list, onChange }: TriggerCardProps) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [turning, setTurning] = useState(false);
  const { id, name, enabled, baselineAt, recent, lastAt } = trigger;
  const when = sentenceOf(trigger, list.segments, { text, format });
  const where = destinationsOf(trigger, list);

  async function turn(on: boolean) {
    setTurning(true);
    await attempt(() => triggers.update(id, { ...inputOf(trigger), enabled: on }));
    onChange();
    setTurning(false);
  }

  return (
    <Card aria-label={name}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <div style={{ minWidth: 0 }}>
          <Name tag="h3" variant="delta">
            <Link to={`${TRIGGERS}/${encodeURIComponent(id)}`}>
              <bdi>{name}</bdi>
            </Link>
          </Name>
          <Typography tag="p" textColor="neutral700" style={{ overflowWrap: 'anywhere' }}>
            {when}
          </Typography>
          <Typography tag="p" variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
            {text('clv.triggers.goes-to', { where: where.join(', ') })}
          </Typography>
        </div>
        <OnOff label={name} on={enabled} disabled={!allowed.triggersManage || turning} onChange={turn} />
      </Flex>
      {enabled && baselineAt === null && (
        <Typography variant="pi" textColor="neutral600">
          {text('clv.triggers.baseline')}
        </Typography>
      )}
      <Skipped trigger={trigger} />
      <Counts>
        {COUNTS.map(([count, label]) => (
          <div key={count} data-bad={count === 'dead' && recent.dead > 0}>
            <dt>{text(label)}</dt>
            <dd>{format.integer(recent[count])}</dd>
          </div>
        ))}
        <div>
          <dt>{text('clv.triggers.last')}</dt>
          <dd title={lastAt === null ? undefined : format.dateTime(lastAt)}>
            {lastAt === null ? '–' : format.ago(lastAt)}
          </dd>
        </div>
        <div className="log">
          <dt>{text('clv.triggers.days30')}</dt>
          <dd>
            <Link to={`${TRIGGERS}/log?triggerId=${encodeURIComponent(id)}`}>
              {text('clv.triggers.log.of')}
            </Link>
          </dd>
        </div>
      </Counts>
    </Card>
  );
}

/** Crossings that made no message, and why. */
function Skipped({ trigger: { skipped } }: { trigger: Trigger }) {
  const text = useText();
  const reasons = SKIPPED.filter(([reason]) => (skipped?.[reason] ?? 0) > 0).map(([reason, words]) =>
    text(words, { n: skipped?.[reason] ?? 0 }),
  );
  if (reasons.length === 0) return null;
  return (
    <Typography variant="pi" textColor="neutral600">
      {text('clv.triggers.skipped', { reasons: reasons.join(' · ') })}
    </Typography>
  );
}

const Name = styled(Typography)`
  overflow-wrap: anywhere;

  a {
    color: ${({ theme }) => theme.colors.neutral800};
    text-decoration: none;
  }

  a:hover {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;

const Counts = styled.dl`
  display: flex;
  flex-wrap: wrap;
  gap: 0.8rem 3.2rem;
  margin: 0;
  padding-top: 1.2rem;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  color: ${({ theme }) => theme.colors.neutral800};

  dt {
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  dd {
    margin: 0;
    font-size: 1.4rem;
    line-height: 2rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  [data-bad='true'] dd {
    color: ${({ theme }) => theme.colors.danger600};
  }

  .log {
    margin-inline-start: auto;
  }

  .log dd {
    font-weight: 400;
  }

  a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: none;
  }

  a:hover {
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
