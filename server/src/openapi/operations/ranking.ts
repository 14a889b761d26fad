import { z } from 'zod';
import { itemAdviceQuery } from '../../ranking/advice/controller';
import { attributionQuery } from '../../ranking/attribution/query';
import { compareQuery, itemPageQuery } from '../../ranking/item/controller';
import { itemJourneysQuery, journeysExportQuery } from '../../ranking/journeys/controller';
import { groupQuery, groupValuesQuery, itemQuery, rankingQuery } from '../../ranking/query';
import { CSV, type Operations, STARTS } from '../operation';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const rankingOperations: Operations = {
  'GET /clv/rankings': { summary: 'The ranking of content', query: rankingQuery },
  'GET /clv/rankings/export.csv': { summary: 'The same as a CSV file', query: rankingQuery, file: CSV },
  'GET /clv/rankings/export.xlsx': { summary: 'The same as a workbook', query: rankingQuery, file: WORKBOOK },
  'GET /clv/rankings/groups': { summary: 'The ranking by author, topic, type …', query: groupQuery },
  'GET /clv/rankings/groups/export.csv': { summary: 'The same as a CSV file', query: groupQuery, file: CSV },
  'GET /clv/rankings/group-values': { summary: 'What a grouping is called by', query: groupValuesQuery },
  'GET /clv/rankings/item': { summary: 'What the ranking says of an entry', query: itemQuery },
  'GET /clv/rankings/items/:contentId': { summary: 'One item in full', query: itemPageQuery },
  'GET /clv/rankings/compare': { summary: 'Items side by side', query: compareQuery },
  'POST /clv/rankings/run': {
    summary: 'Rank anew',
    body: z.object({ refresh: z.boolean().optional() }),
    ...STARTS,
  },
  'POST /clv/rankings/items/:contentId/study': {
    summary: 'Look at one item more closely',
    query: itemPageQuery,
    ...STARTS,
  },
  'GET /clv/attribution': { summary: 'Credit of orders by attribution models', query: attributionQuery },
  'GET /clv/attribution/export.csv': {
    summary: 'The same as a CSV file',
    query: attributionQuery,
    file: CSV,
  },
  'GET /clv/attribution/orders/:orderId': { summary: 'How one order is credited' },
  'GET /clv/journeys': { summary: 'How people come to their first order' },
  'GET /clv/journeys/item': { summary: 'The part of one item in that', query: itemJourneysQuery },
  'GET /clv/journeys/export.csv': { summary: 'Journeys as a file', query: journeysExportQuery, file: CSV },
  'GET /clv/advice': { summary: 'What the rankings mean for an editor' },
  'GET /clv/advice/item': { summary: 'The same of one item', query: itemAdviceQuery },
};
