import type * as Theirs from 'jsforce';
import type { DescribedField, QueryResult } from '../../../../server/src/crm/connectors/salesforce/api';
import type { SaveResult } from '../../../../server/src/crm/connectors/salesforce/collections';
import type { TokenAnswer } from '../../../../server/src/crm/connectors/salesforce/session';

type Fits<Sdk extends Ours, Ours> = Sdk;

/** Does not compile when a payload, as the SDK knows it, is none that the connector reads. */
export type Payloads = [
  Fits<Theirs.QueryResult<Theirs.Record & { Id: string }>, QueryResult>,
  Fits<Theirs.DescribeSObjectResult['fields'][number], DescribedField>,
  Fits<Theirs.SaveResult, SaveResult>,
  Fits<Theirs.TokenResponse, TokenAnswer>,
];
