import { createGlobalStyle } from 'styled-components';
import { SHEET } from './sheet-id';

/**
 * On paper only the sheet is left, in black on white whatever the theme. The admin lays its pages out in panes of the
 * window's height that scroll; on paper they must flow over pages.
 */
export const PrintStyle = createGlobalStyle`
  @page {
    size: A4;
    margin: 16mm 15mm 18mm;
  }

  @media print {
    html,
    body,
    body *:has(#${SHEET}) {
      display: block !important;
      position: static !important;
      width: auto !important;
      min-width: 0 !important;
      max-width: none !important;
      height: auto !important;
      min-height: 0 !important;
      max-height: none !important;
      margin: 0 !important;
      padding: 0 !important;
      border: 0 !important;
      overflow: visible !important;
      background: #fff !important;
      box-shadow: none !important;
      transform: none !important;
    }

    body *:has(#${SHEET}) > *:not(:has(#${SHEET})):not(#${SHEET}),
    body > *:not(:has(#${SHEET})) {
      display: none !important;
    }
  }
`;
