import { type DefaultTheme, useTheme } from 'styled-components';

interface PluginIconProps {
  /** A colour of the theme, as the head of a widget gives it; that of the words around it otherwise. */
  fill?: keyof DefaultTheme['colors'];
}

/** A rising row of bars with a heart's dot: content, and what it is worth. */
export function PluginIcon({ fill }: PluginIconProps) {
  const { colors } = useTheme();
  return (
    <svg
      viewBox="0 0 32 32"
      width="1.6rem"
      height="1.6rem"
      fill={fill ? colors[fill] : 'currentColor'}
      aria-hidden="true"
    >
      <rect x="3" y="17" width="6" height="12" rx="1.5" />
      <rect x="13" y="11" width="6" height="18" rx="1.5" />
      <rect x="23" y="14" width="6" height="15" rx="1.5" />
      <circle cx="26" cy="6.5" r="4" />
    </svg>
  );
}
