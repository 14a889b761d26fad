import { getFetchClient } from '@strapi/strapi/admin';
import type {
  DeliveriesChanged,
  EndpointInput,
  EndpointMade,
  EndpointTest,
  Trigger,
  TriggerInput,
  TriggerList,
  TriggerLog,
  TriggerPreview,
} from '../../../../server/src/activation/triggers/api-types';
import { get, type Query } from '../../api';
import { PLUGIN_ID } from '../../plugin';

export const TRIGGERS = `/plugins/${PLUGIN_ID}/triggers`;

/** Which deliveries: single ones, or all that were given up on their way to one place. */
export type Deliveries =
  | { deliveries: { messageId: string; destination: string }[] }
  | { destination: string };

async function post<T>(path: string, body?: unknown): Promise<T> {
  return (await getFetchClient().post<T>(`/clv${path}`, body)).data;
}

const put = (path: string, body: unknown) => getFetchClient().put(`/clv${path}`, body);
const trigger = (id: string) => `/triggers/${encodeURIComponent(id)}`;
const endpoint = (id: string) => `/endpoints/${encodeURIComponent(id)}`;

/** The admin routes of the Triggers pages. */
export const triggers = {
  list: () => get<TriggerList>('/triggers'),
  create: (input: TriggerInput) => post('/triggers', input),
  update: (id: string, input: TriggerInput) => put(trigger(id), input),
  remove: (id: string) => getFetchClient().del(`/clv${trigger(id)}`),
  preview: (input: TriggerInput) => post<TriggerPreview>('/triggers/preview', input),
  log: (query: Query) => get<TriggerLog>('/triggers/log', query),
  retry: (which: Deliveries) => post<DeliveriesChanged>('/triggers/deliveries/retry', which),
  drop: (which: Deliveries) => post<DeliveriesChanged>('/triggers/deliveries/drop', which),
  addEndpoint: (input: EndpointInput) => post<EndpointMade>('/endpoints', input),
  changeEndpoint: (id: string, input: EndpointInput) => put(endpoint(id), input),
  removeEndpoint: (id: string) => getFetchClient().del(`/clv${endpoint(id)}`),
  rotateSecret: (id: string) => post<EndpointMade>(`${endpoint(id)}/secret`),
  test: (id: string) => post<EndpointTest>(`${endpoint(id)}/test`),
};

/** What the server takes of a trigger that it gave. */
export const inputOf = (trigger: Trigger): TriggerInput => {
  const { name, kind, settings, segmentId, actions, cooldownHours, holdout, enabled } = trigger;
  return { name, kind, settings, segmentId, actions, cooldownHours, holdout, enabled };
};
