import type { z } from 'zod';
import type { Answers } from './answers';

/** A route, such as `GET /api/clv/me`: the content API begins with `/api/clv`, the admin API with `/clv`. */
export type RouteName = keyof Answers;

/** What the document tells of a route beyond its path and what it answers. */
export interface Operation {
  /** What it does, in a sentence without a full stop. */
  summary: string;
  description?: string;
  /** The schema that the route itself checks parameters by. */
  query?: z.ZodType;
  /** The same of a body of JSON. */
  body?: z.ZodType;
  /** It takes a file: multipart, the field `file`. */
  upload?: true;
  /** When all is well; 200 unless told. */
  status?: 201 | 202 | 204 | 302;
  /** The media type of a file that it answers. */
  file?: string;
  /** The media type of the body, where it is not JSON of ours. */
  bodyType?: string;
  /** Answers that a caller has to deal with, and when they come; 400, 401, 403 and 404 are told by themselves. */
  also?: Record<number, string>;
}

export type Operations = { [Route in RouteName]?: Operation };

const RUNNING = 'It runs already; jobId is that of the run under way.';
/** Of routes that start a run. */
export const STARTS = { status: 202, also: { 409: RUNNING } } as const;
export const CSV = 'text/csv; charset=utf-8';
