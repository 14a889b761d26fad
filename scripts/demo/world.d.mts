export interface DemoEvent {
  id: string;
  kind: 'view' | 'read' | 'download';
  content: string;
  at: number;
  seconds?: number;
  depth?: number;
  channel: string;
}
export interface DemoVisitor {
  key: string;
  customer: Record<string, string> | null;
  visits: { at: number; events: DemoEvent[] }[];
}
export interface DemoWorld {
  visitors: DemoVisitor[];
  customers: Record<string, string>[];
  orders: Record<string, string>[];
}
export function simulateWorld(
  items: { key: string; kind: string; locale: string; content: string }[],
  end: number,
  seed?: number,
): DemoWorld;
