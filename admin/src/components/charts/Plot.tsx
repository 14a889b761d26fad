import { type ReactNode, useEffect, useRef, useState } from 'react';
import { styled } from 'styled-components';

export interface Inner {
  width: number;
  height: number;
}

export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

interface PlotProps {
  /** Says in words what the plot shows. */
  label: string;
  height: number;
  margin: Margin;
  children: (inner: Inner) => ReactNode;
}

/** A drawing as wide as its place; `children` draws within the margins, from (0, 0) at the top left. */
export function Plot({ label, height, margin, children }: PlotProps) {
  const [width, setWidth] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  const inner = {
    width: Math.max(width - margin.left - margin.right, 0),
    height: height - margin.top - margin.bottom,
  };
  return (
    <Place ref={place} style={{ height }}>
      {inner.width > 0 && (
        <svg role="img" aria-label={label} width={width} height={height}>
          <g transform={`translate(${margin.left} ${margin.top})`}>{children(inner)}</g>
        </svg>
      )}
    </Place>
  );
}

const Place = styled.div`
  position: relative;
  min-width: 0;
  overflow: hidden;

  svg {
    position: absolute;
    inset: 0;
    display: block;
  }

  text {
    font-size: 1.1rem;
    font-variant-numeric: tabular-nums;
  }
`;
