import type { Task } from '../jobs/task';

export const rankTask: Task = async ({ knex }) => knex('clv_contents').count();
