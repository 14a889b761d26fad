import type { ReactNode } from 'react';
import { BAR, type PlacedNode } from './flow-layout';

interface FlowBarProps {
  node: PlacedNode;
  label: string;
  color: string;
  /** Told of the bar that is pointed at, and of null when it no longer is. */
  onPoint: (id: string | null) => void;
  onChoose: (contentId: number) => void;
  children: ReactNode;
}

/** One bar of the flow; that of an item leads to the item's own journeys. */
export function FlowBar({ node, label, color, onPoint, onChoose, children }: FlowBarProps) {
  const { id, key, x, y, height } = node;
  const pointing = {
    'aria-label': label,
    onMouseEnter: () => onPoint(id),
    onFocus: () => onPoint(id),
    onBlur: () => onPoint(null),
  };
  const drawing = (
    <>
      <rect className="bar" x={x} y={y} width={BAR} height={height} rx={2} fill={color} />
      {/* What the pointer meets: a bar of few people is too thin for it. */}
      <rect x={x - 2} y={y - 5} width={BAR + 4} height={height + 10} fill="transparent" />
      {children}
    </>
  );
  if (typeof key !== 'number')
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it leads nowhere, but the keyboard learns of every bar what the pointer does
      <g role="img" tabIndex={0} {...pointing}>
        {drawing}
      </g>
    );
  return (
    <a
      href={`?item=${key}`}
      {...pointing}
      onClick={(event) => {
        event.preventDefault();
        onChoose(key);
      }}
    >
      {drawing}
    </a>
  );
}
