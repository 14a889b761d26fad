import type { TimelineEvent } from '../../../../server/src/clv/api-types';

interface GlyphProps {
  kind: TimelineEvent['kind'];
  color: string;
  ground: string;
}

/** Each kind of event has a shape of its own, around (0, 0). */
export function Glyph({ kind, color, ground }: GlyphProps) {
  switch (kind) {
    case 'order':
      return <circle r={5} fill={color} stroke={ground} />;
    case 'refund':
      return <circle r={4.5} fill={ground} stroke={color} strokeWidth={2} />;
    case 'subscription':
      return <rect x={-4.5} y={-4.5} width={9} height={9} fill={color} stroke={ground} />;
    case 'view':
      return <circle r={3} fill={ground} stroke={color} strokeWidth={1.5} />;
    case 'read':
      return <circle r={4} fill={color} stroke={ground} />;
    case 'download':
      return <path d="M -5 -3.5 L 5 -3.5 L 0 5 Z" fill={color} stroke={ground} />;
  }
}
