import { getFetchClient } from '@strapi/strapi/admin';
import type {
  Experiment,
  ExperimentDetail,
  ExperimentInput,
  ExperimentList,
  SampleSize,
  SampleSizeInput,
} from '../../../../server/src/activation/experiments/api-types';
import { get, start } from '../../api';

const path = (id: string) => `/experiments/${encodeURIComponent(id)}`;

/** The admin routes of experiments. */
export const experiments = {
  list: () => get<ExperimentList>('/experiments'),
  one: (id: string) => get<ExperimentDetail>(path(id)),
  create: async (body: ExperimentInput) =>
    (await getFetchClient().post<Experiment>('/clv/experiments', body)).data,
  update: async (id: string, body: ExperimentInput) =>
    (await getFetchClient().put<Experiment>(`/clv${path(id)}`, body)).data,
  remove: (id: string) => getFetchClient().del(`/clv${path(id)}`),
  begin: (id: string) => getFetchClient().post(`/clv${path(id)}/start`),
  end: (id: string) => getFetchClient().post(`/clv${path(id)}/stop`),
  /** Starts the job that brings reports up to date: of one experiment, or of all that run. */
  compute: (id?: string) => start(id === undefined ? '/experiments/run' : `${path(id)}/compute`),
  sampleSize: async (body: SampleSizeInput) =>
    (await getFetchClient().post<SampleSize>('/clv/experiments/sample-size', body)).data,
};
