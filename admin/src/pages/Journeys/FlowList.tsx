import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Flow, FlowNode } from '../../../../server/src/ranking/journeys/api-types';
import { usePalette } from '../../components/charts/palette';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { colorOf } from './flow-colors';
import type { Names } from './names';

interface FlowListProps {
  flow: Flow;
  names: Names;
  onChoose: (contentId: number) => void;
}

/** Items of a step that are listed; the table of the chart has all of them. */
const MOST = 5;

/** The steps under each other, where there is no room for a river. */
export function FlowList({ flow, names, onChoose }: FlowListProps) {
  const text = useText();
  const steps = [...new Set(flow.nodes.map(({ step }) => step))].sort((a, b) => a - b);
  return (
    <>
      {steps.map((step) => {
        const isLast = step === steps.at(-1);
        const title = isLast ? text('clv.journeys.step.now') : text('clv.journeys.step', { n: step + 1 });
        const nodes = flow.nodes.filter((node) => node.step === step);
        return (
          <Step key={step}>
            <Typography tag="h4" variant="sigma" textColor="neutral600">
              {title}
            </Typography>
            <ul aria-label={title}>
              {listed(nodes).map((node) => (
                <Entry key={node.key} node={node} of={flow.persons} names={names} onChoose={onChoose} />
              ))}
            </ul>
          </Step>
        );
      })}
    </>
  );
}

/** The most read items, all others, and then the outcomes. */
function listed(nodes: FlowNode[]): FlowNode[] {
  const items = nodes.filter(({ key }) => typeof key === 'number').toSorted((a, b) => b.persons - a.persons);
  const rest = items.slice(MOST).reduce((sum, { persons }) => sum + persons, 0);
  const find = (wanted: FlowNode['key']) => nodes.filter(({ key }) => key === wanted);
  const others = rest + (find('other')[0]?.persons ?? 0);
  return [
    ...items.slice(0, MOST),
    ...(others > 0 ? [{ step: nodes[0]!.step, key: 'other' as const, persons: others }] : []),
    ...find('ordered'),
    ...find('reading'),
    ...find('left'),
  ];
}

interface EntryProps {
  node: FlowNode;
  /** Everyone. */
  of: number;
  names: Names;
  onChoose: (contentId: number) => void;
}

function Entry({ node: { key, persons }, of, names, onChoose }: EntryProps) {
  const format = useFormats();
  const palette = usePalette();
  const name = names.key(key);
  return (
    <li>
      <span className="bar" aria-hidden>
        <i style={{ width: `${(100 * persons) / of}%`, background: colorOf(key, palette) }} />
      </span>
      {typeof key === 'number' ? (
        <button type="button" dir="auto" title={name} onClick={() => onChoose(key)}>
          {name}
        </button>
      ) : (
        <span>{name}</span>
      )}
      <b>{format.integer(persons)}</b>
      <small>{format.percent(persons / of)}</small>
    </li>
  );
}

const Step = styled.div`
  padding-top: 1.2rem;

  ul {
    margin: 0.4rem 0 0;
    padding: 0;
    list-style: none;
    font-size: 1.3rem;
    line-height: 1.8rem;
    font-variant-numeric: tabular-nums;
  }

  li {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 4.8rem;
    gap: 0.8rem;
    align-items: baseline;
    padding: 0.5rem 0 0.8rem;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  button,
  li > span:not(.bar) {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  button {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    text-align: start;
    color: ${({ theme }) => theme.colors.primary600};
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
    border-radius: 2px;
  }

  .bar {
    position: absolute;
    inset: auto 0 0.2rem;
    height: 0.3rem;
    border-radius: 2px;
    background: ${({ theme }) => theme.colors.neutral150};
  }

  .bar i {
    display: block;
    height: 100%;
    border-radius: 2px;
  }

  b {
    font-weight: 600;
  }

  small {
    font-size: 1.2rem;
    text-align: end;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
