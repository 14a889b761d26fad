/** The id of what is left on paper. */
export const SHEET = 'clv-report';
