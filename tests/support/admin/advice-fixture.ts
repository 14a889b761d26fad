import type { AdvicePage, AdviceReport } from '../../../server/src/ranking/advice/api-types';

/** Advice from a run over some thousand people: something of every kind, with long names and short ones. */

const TITLES = [
  'How to choose a CRM for a company of ten',
  'The price list, explained line by line',
  'Comparing the three plans: what each of them leaves out, and for whom that matters',
  'Seven mistakes in the first month',
  'White paper: what a customer is worth',
  'Ein sehr langes zusammengesetztes Wort: Kundenlebenszeitwertberechnungsgrundlage',
  'GDPR for small shops',
];

export const REPORT: AdviceReport = {
  landmark: 'first-order',
  value: 'clv',
  currency: 'EUR',
  fdr: 0.1,
  comparable: 37,
  itemsNeeded: 15,
  worthwhile: {
    asked: 21,
    groups: 34,
    piecesNeeded: 3,
    found: [
      {
        dimension: 'topic',
        value: 'pricing',
        comparable: 6,
        pieces: 7,
        readers: 1834,
        excess: { value: 0.322, low: 0.19, high: 0.454 },
        qValue: 0.0004,
        best: [
          {
            contentId: 2,
            excess: { value: 0.47, low: 0.3, high: 0.64 },
            readers: 412,
            verdict: 'associated',
          },
          {
            contentId: 3,
            excess: { value: 0.41, low: 0.2, high: 0.62 },
            readers: 288,
            verdict: 'associated',
          },
          {
            contentId: 1,
            excess: { value: 0.2, low: -0.05, high: 0.45 },
            readers: 190,
            verdict: 'not distinguishable',
          },
        ],
      },
      {
        dimension: 'author',
        value: 'Maria-Annunziata Wolfeschlegelsteinhausenbergerdorff',
        comparable: 3,
        pieces: 3,
        readers: 640,
        excess: { value: 0.15, low: 0.02, high: 0.28 },
        qValue: 0.083,
        best: [
          {
            contentId: 6,
            excess: { value: 0.19, low: 0.04, high: 0.34 },
            readers: 233,
            verdict: 'associated',
          },
        ],
      },
      {
        dimension: 'kind',
        value: 'white-paper',
        comparable: 9,
        pieces: 12,
        readers: 2210,
        excess: { value: 0.09, low: 0.01, high: 0.17 },
        qValue: 0.091,
        best: [
          {
            contentId: 5,
            excess: { value: 0.3, low: 0.12, high: 0.48 },
            readers: 377,
            verdict: 'associated',
          },
        ],
      },
    ],
  },
  gaps: {
    tier: 'Platinum',
    readers: 412,
    needed: 30,
    months: 12,
    asked: 14,
    found: [
      {
        dimension: 'topic',
        value: 'safety',
        pieces: 2,
        shareOfPieces: 0.05,
        shareOfReading: { value: 0.143, low: 0.121, high: 0.165 },
        shareOfOthers: 0.092,
        multiple: { value: 2.91, low: 1.62, high: 5.23 },
        qValue: 0.011,
        readers: 231,
        contentIds: [7, 4],
      },
    ],
  },
  trends: {
    until: Date.parse('2026-11-20T08:00:00Z'),
    weeks: 12,
    pieces: 33,
    needed: 15,
    asked: 8,
    fading: [
      {
        contentId: 3,
        before: 31.4,
        recent: 9.1,
        ratio: 0.29,
        typicalRatio: 0.81,
        relative: { value: 0.36, low: 0.24, high: 0.55 },
        qValue: 0.0002,
        recentReaders: 25,
        readersBefore: 375,
        periods: [22, 38, 41, 36, 33, 35, 30, 31, 29, 28, 27, 25, 11, 8, 8, 6],
      },
    ],
    rising: [
      {
        contentId: 6,
        before: 12.2,
        recent: 29.8,
        ratio: 2.44,
        typicalRatio: 0.84,
        relative: { value: 2.9, low: 1.81, high: 4.66 },
        qValue: 0.003,
        recentReaders: 82,
        readersBefore: 146,
        periods: [9, 11, 12, 10, 12, 13, 11, 12, 10, 13, 12, 14, 19, 25, 28, 27],
      },
    ],
  },
};

const RUN = { jobId: 'advice-fixture', createdAt: Date.parse('2026-11-20T08:00:00Z'), simulated: false };

export const ADVICE_PAGE: AdvicePage = {
  run: RUN,
  report: REPORT,
  failedChecks: true,
  contents: TITLES.map((title, i) => ({
    contentId: i + 1,
    uid: 'api::article.article',
    documentId: `doc-${i}`,
    locale: '',
    kind: 'article',
    title,
  })),
};

/** A run that found nothing: every card says why. */
export const NOTHING_PAGE: AdvicePage = {
  ...ADVICE_PAGE,
  failedChecks: false,
  contents: [],
  report: {
    ...REPORT,
    worthwhile: { ...REPORT.worthwhile, found: [] },
    gaps: { ...REPORT.gaps, tier: null, readers: 12, asked: 0, found: [] },
    trends: { ...REPORT.trends, pieces: 4, asked: 0, fading: [], rising: [] },
  },
};
