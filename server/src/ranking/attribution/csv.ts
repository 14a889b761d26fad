import { stringify } from 'csv-stringify/sync';
import { minorDigits } from '../../clv/convert';
import type { AttributedItem, AttributionReport } from './api-types';
import { MODELS } from './body';

/** Spreadsheets run a text that begins like this as a formula; a leading apostrophe makes it text again. */
const FORMULA = /^[=+\-@\t\r]/;
const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

const column = (model: string, what: string) => `${model.replaceAll('-', '_')}_${what}`;

/** All models side by side, one row an item: credit in the report's currency, and parts of conversions. */
export function attributionCsv({ currency }: AttributionReport, items: AttributedItem[]): string {
  const digits = minorDigits(currency);
  const header = [
    'content_id',
    'content_type',
    'locale',
    'title',
    'currency',
    'orders',
    ...MODELS.flatMap((model) => [column(model, 'revenue'), column(model, 'conversions')]),
  ];
  const rows = items.map(({ uid, documentId, locale, kind, title, orders, credits }) => [
    harmless([uid, documentId, ...(locale ? [locale] : [])].join('/')),
    harmless(kind),
    harmless(locale),
    harmless(title),
    currency,
    orders,
    ...MODELS.flatMap((model) => {
      const credit = credits[model];
      return credit ? [credit.revenue.toFixed(digits), credit.conversions] : [null, null];
    }),
  ]);
  return stringify([header, ...rows]);
}
