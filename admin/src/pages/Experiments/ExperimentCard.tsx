import { Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Experiment, ExperimentReport } from '../../../../server/src/activation/experiments/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { findingOf, findingSentence } from './finding';
import { FindingBadge, StateBadge } from './Look';
import { experimentPath } from './paths';
import { unitsOf, useSince } from './since';
import { subject } from './words';

/** One experiment at a glance: what it is about, since when, among how many, and what came of it. */
export function ExperimentCard({
  experiment,
  report,
}: {
  experiment: Experiment;
  report: ExperimentReport | null;
}) {
  const text = useText();
  const format = useFormats();
  const since = useSince();
  const finding = findingOf(report);
  const { id, name, state } = experiment;
  const facts = [
    subject(experiment, text),
    since(experiment),
    report && text('clv.experiments.units', { n: unitsOf(report) }),
  ].filter((fact): fact is string => Boolean(fact));
  return (
    <Card aria-label={name}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3}>
        <div style={{ minWidth: 0 }}>
          <Name tag="h3" variant="delta">
            <Link to={experimentPath(id)} dir="auto">
              {name}
            </Link>
          </Name>
          <Typography variant="pi" textColor="neutral600" tag="p" style={{ overflowWrap: 'anywhere' }}>
            {facts.map((fact, index) => (
              <bdi key={fact}>
                {index > 0 && ' · '}
                {fact}
              </bdi>
            ))}
          </Typography>
        </div>
        <StateBadge state={state} />
      </Flex>
      <Typography tag="p" textColor="neutral700" style={{ overflowWrap: 'anywhere' }}>
        {findingSentence(experiment, report, finding, text, format)}
      </Typography>
      <div>
        <FindingBadge finding={finding} />
      </div>
    </Card>
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
