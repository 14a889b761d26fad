import type { FlowKey } from '../../../../server/src/ranking/journeys/api-types';
import type { Palette } from '../../components/charts/palette';

/** Items in one colour, the other items in a paler shade of it, and each outcome in its own. */
export function colorOf(key: FlowKey, palette: Palette): string {
  if (key === 'ordered') return palette.good;
  if (key === 'reading') return palette.second;
  if (key === 'left') return palette.plain;
  return key === 'other' ? `color-mix(in srgb, ${palette.first} 45%, ${palette.ground})` : palette.first;
}
