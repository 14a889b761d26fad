import { useTheme } from 'styled-components';

/**
 * Colours of series that are told apart in light and dark and by those who do not see red and green; each series also
 * has a dash of its own and its name beside it.
 */
export function usePalette() {
  const { colors } = useTheme();
  return {
    first: colors.primary600,
    second: colors.warning600,
    third: colors.success600,
    fourth: colors.alternative600,
    good: colors.success600,
    bad: colors.danger600,
    plain: colors.neutral500,
    grid: colors.neutral150,
    axis: colors.neutral400,
    words: colors.neutral600,
    strong: colors.neutral800,
    ground: colors.neutral0,
  };
}

export type Palette = ReturnType<typeof usePalette>;
export type SeriesColor = 'first' | 'second' | 'third' | 'fourth' | 'good' | 'bad' | 'plain';

/** Solid, long dashes, dots, dash and dot: by the place of a series. */
export const DASHES = [undefined, '6 4', '1.5 4', '8 3 2 3'];
