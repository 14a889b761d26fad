const ARTICLES = [
  'How to choose',
  'Five mistakes with',
  'A field guide to',
  'What we learned from',
  'The real cost of',
  'A checklist for',
  'Questions to ask about',
  'A week with',
];
const WHITE_PAPERS = ['The state of', 'Benchmarks for', 'A buyer’s handbook of', 'The business case for'];
const SUBJECTS = [
  'cold brew at home',
  'roasting profiles',
  'office coffee',
  'milk alternatives',
  'grinder maintenance',
  'single-origin beans',
  'subscription boxes',
  'water hardness',
  'espresso machines',
  'fair trade sourcing',
  'barista training',
  'packaging waste',
  'tasting notes',
];

/** A title for the item of this number; no two numbers share one. */
export function titleOf(type: 'article' | 'white-paper', number: number): string {
  const openings = type === 'article' ? ARTICLES : WHITE_PAPERS;
  const subject = number % SUBJECTS.length;
  const round = Math.floor(number / SUBJECTS.length);
  const opening = openings[(subject + round) % openings.length]!;
  const part = Math.floor(round / openings.length) + 1;
  return `${opening} ${SUBJECTS[subject]!}${part > 1 ? `, part ${part}` : ''}`;
}
