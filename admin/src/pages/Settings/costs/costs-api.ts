import { getFetchClient, isFetchError } from '@strapi/strapi/admin';
import type {
  CostInput,
  CostKey,
  CostProblem,
  CostsPage,
  ListedCost,
} from '../../../../../server/src/crm/costs/api-types';
import { get, type Query } from '../../../api';

const AT = '/clv/costs';

/** The admin routes of marketing costs. */
export const costsApi = {
  list: (query: Query) => get<CostsPage>('/costs', query),
  save: async (input: CostInput) => (await getFetchClient().put<ListedCost>(AT, input)).data,
  remove: ({ month, channel, product_line, segment }: CostKey) => {
    const key = { month, channel, product_line: product_line ?? '', segment: segment ?? '' };
    return getFetchClient().del(`${AT}?${new URLSearchParams(key)}`);
  },
};

/** The column that the server found wrong; null when it was something else. */
export function wrongColumn(error: unknown): string | null {
  if (!isFetchError(error)) return null;
  const details = error.response?.data?.error?.details as Partial<CostProblem> | undefined;
  return details?.field ?? null;
}
