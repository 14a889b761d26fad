/** Share of the value that the best customers make, up to `share` of them: between two points of the curve. */
export function shareOfValue(points: [number, number][], share: number): number {
  const next = points.findIndex(([customers]) => customers >= share);
  if (next <= 0) return points[Math.max(next, 0)]?.[1] ?? 0;
  const [[x0, y0], [x1, y1]] = [points[next - 1]!, points[next]!];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (share - x0)) / (x1 - x0);
}
