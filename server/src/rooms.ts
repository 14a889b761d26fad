import clv from './clv';
import crm from './crm';
import push from './crm/sync/push';
import identity from './identity';
import jobs from './jobs';
import privacy from './privacy';
import ranking from './ranking';
import type { Room } from './room';
import storage from './storage';
import tracking from './tracking';

/** In the order of boot: a room may use those before it, never those after it. */
export const rooms: Room[] = [storage, jobs, identity, tracking, crm, clv, push, ranking, privacy];
