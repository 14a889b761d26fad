import { useState } from 'react';
import { styled } from 'styled-components';
import type { Flow } from '../../../../server/src/ranking/journeys/api-types';
import { usePalette } from '../../components/charts/palette';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { BarName, LAST_NAME } from './BarName';
import { FlowBar } from './FlowBar';
import { FlowDetail } from './FlowDetail';
import { colorOf } from './flow-colors';
import { BAR, layoutFlow } from './flow-layout';
import type { Names } from './names';

interface FlowChartProps {
  label: string;
  flow: Flow;
  names: Names;
  /** Of the whole drawing. */
  width: number;
  /** What is told of fewer is not told exactly. */
  fewest: number;
  onChoose: (contentId: number) => void;
}

const HEIGHT = 480;
const MARGIN = { top: 30, right: LAST_NAME, bottom: 8, left: 1 };

/** Everyone's way from the first item to an order or not, as a river: each band is as wide as people went there. */
export function FlowChart({ label, flow, names, width, fewest, onChoose }: FlowChartProps) {
  const text = useText();
  const format = useFormats();
  const palette = usePalette();
  const [active, setActive] = useState<string | null>(null);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const { columns, nodes, links } = layoutFlow(flow, inner.width, inner.height);
  const shown = nodes.find(({ id }) => id === active) ?? null;
  const between = (columns[1] ?? inner.width) - (columns[0] ?? 0) - BAR;
  const isOn = (sourceId: string, targetId: string) => sourceId === active || targetId === active;

  return (
    <Place onMouseLeave={() => setActive(null)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset */}
      <svg role="group" aria-label={label} width={width} height={HEIGHT}>
        <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
          <g aria-hidden>
            {columns.map((x, step) => (
              <text key={x} x={x} y={-14} fill={palette.words} className="step">
                {step === columns.length - 1
                  ? text('clv.journeys.step.now')
                  : text('clv.journeys.step', { n: step + 1 })}
              </text>
            ))}
            {links.map(({ id, sourceId, targetId, path, to, from }) => (
              <path
                key={id}
                d={path}
                fill={colorOf(typeof to === 'number' || to === 'other' ? from : to, palette)}
                opacity={active === null ? 0.22 : isOn(sourceId, targetId) ? 0.5 : 0.07}
              />
            ))}
          </g>
          {nodes.map((node) => (
            <FlowBar
              key={node.id}
              node={node}
              label={text('clv.journeys.node', {
                name: names.key(node.key),
                n: node.persons,
                share: format.percent(node.persons / flow.persons),
              })}
              color={colorOf(node.key, palette)}
              onPoint={setActive}
              onChoose={onChoose}
            >
              <BarName node={node} names={names} room={between} isLast={node.step === columns.length - 1} />
            </FlowBar>
          ))}
        </g>
      </svg>
      <FlowDetail node={shown} flow={flow} names={names} fewest={fewest} />
    </Place>
  );
}

const Place = styled.div`
  min-width: 0;

  svg {
    display: block;
    overflow: visible;
  }

  text {
    font-size: 1.1rem;
    font-variant-numeric: tabular-nums;
  }

  .step {
    font-weight: 600;
  }

  .name {
    paint-order: stroke;
    stroke-width: 3px;
    stroke-linejoin: round;
    stroke-opacity: 0.85;
  }

  path {
    pointer-events: none;
    transition: opacity 120ms;
  }

  a {
    cursor: pointer;
  }

  a:focus-visible,
  g:focus-visible {
    outline: none;
  }

  :focus-visible > .bar {
    stroke: ${({ theme }) => theme.colors.neutral800};
    stroke-width: 2px;
  }

  @media (prefers-reduced-motion: reduce) {
    path {
      transition: none;
    }
  }
`;
