import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Flow, FlowKey } from '../../../../server/src/ranking/journeys/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { PlacedNode } from './flow-layout';
import type { Names } from './names';

interface FlowDetailProps {
  node: PlacedNode | null;
  flow: Flow;
  names: Names;
  fewest: number;
}

const MOST = 3;

/** Whence the people of a node came and where they went; how to ask while none is pointed at. */
export function FlowDetail({ node, flow, names, fewest }: FlowDetailProps) {
  const text = useText();
  const format = useFormats();
  const list = (rows: [FlowKey, number][]) =>
    rows
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MOST)
      .map(([key, persons]) => {
        const count = persons < fewest ? text('clv.journeys.fewer', { n: fewest }) : format.integer(persons);
        return `${names.key(key)} ${count}`;
      })
      .join(' · ');
  if (!node)
    return (
      <Box aria-live="polite">
        <Typography variant="pi" textColor="neutral600">
          {text('clv.journeys.flow.hint', { fewest })}
        </Typography>
      </Box>
    );
  const isItem = typeof node.key === 'number' || node.key === 'other';
  // Who is at an outcome was there a step before, or came to it, and stays.
  const came = flow.links.filter(
    ({ step, from, to }) => step === node.step - 1 && to === node.key && (isItem || from !== to),
  );
  const went = flow.links.filter(({ step, from }) => isItem && step === node.step && from === node.key);
  return (
    <Box aria-live="polite">
      <Typography tag="p" variant="pi" fontWeight="bold" textColor="neutral800">
        {text('clv.journeys.node', {
          name: names.key(node.key),
          n: node.persons,
          share: format.percent(node.persons / flow.persons),
        })}
      </Typography>
      {came.length > 0 && (
        <Typography tag="p" variant="pi" textColor="neutral700">
          {text('clv.journeys.came', { list: list(came.map(({ from, persons }) => [from, persons])) })}
        </Typography>
      )}
      {went.length > 0 && (
        <Typography tag="p" variant="pi" textColor="neutral700">
          {text('clv.journeys.went', { list: list(went.map(({ to, persons }) => [to, persons])) })}
        </Typography>
      )}
    </Box>
  );
}

/** As high as what may come into it, so that nothing moves. */
const Box = styled.div`
  min-height: 7.2rem;
  margin-top: 1.2rem;
  padding: 0.8rem 1.2rem;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral100};
`;
