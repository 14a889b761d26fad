import { Readable } from 'node:stream';
import { checked, checkedQuery } from '../checked';
import { answerStarted } from '../jobs/answer-started';
import type { JobsService } from '../jobs/service';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { answerFile, type Context } from '../tracking/http';
import { customersCsv } from './customers/csv';
import { allCustomers, customersPage } from './customers/find';
import { customersQuery, personKey } from './customers/query';
import { latestRun } from './runs/latest';
import type { ValueService } from './service';
import { modelPage, valuePage } from './value-page';
import { answerWhatIf, CannotSay, whatIfBody } from './what-if';

/** The Value, Model and Customers pages; screens read what the latest run kept. */
export function valueController({ strapi }: { strapi: Strapi }) {
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');
  const value = (): ValueService => strapi.plugin('clv').service('value');
  const knex = () => knexOf(strapi);

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = await valuePage(knex(), await jobs().list('value', 10));
    },

    async model(ctx: Context): Promise<void> {
      ctx.body = await modelPage(knex(), await jobs().list('value', 10));
    },

    async customers(ctx: Context): Promise<void> {
      const query = checkedQuery(customersQuery, ctx);
      if (query) ctx.body = await customersPage(knex(), query);
    },

    async exportCsv(ctx: Context): Promise<void> {
      const query = checkedQuery(customersQuery, ctx);
      if (!query) return;
      const run = await latestRun(knex());
      if (!run) return ctx.notFound('There is no run of the value engine yet; start one first.');
      ctx.attachment(`clv-customers-${new Date(run.createdAt).toISOString().slice(0, 10)}.csv`);
      ctx.type = 'text/csv; charset=utf-8';
      answerFile(ctx, Readable.from(customersCsv(allCustomers(knex(), query))));
    },

    async customer(ctx: Context): Promise<void> {
      const key = personKey.safeParse(ctx.params.personId);
      const run = key.success ? await latestRun(knex()) : null;
      const detail = run && (await value().detail(run, ctx.params.personId));
      if (!detail) return ctx.notFound('The latest run does not know this person.');
      ctx.body = detail;
    },

    async run(ctx: Context): Promise<void> {
      const startedBy = `admin:${ctx.state.user.id}`;
      await answerStarted(ctx, jobs().start('value', {}, { startedBy, activeKey: 'value' }));
    },

    async whatIf(ctx: Context): Promise<void> {
      const input = checked(whatIfBody, ctx, ctx.request.body);
      if (!input) return;
      try {
        ctx.body = await answerWhatIf(knex(), input);
      } catch (error) {
        if (!(error instanceof CannotSay)) throw error;
        ctx.badRequest(error.message);
      }
    },
  };
}
