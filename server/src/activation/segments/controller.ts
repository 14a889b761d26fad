import { Readable } from 'node:stream';
import { z } from 'zod';
import { checked, checkedQuery } from '../../checked';
import { customersCsv, timeOf } from '../../clv/customers/csv';
import { tierNames } from '../../clv/kpis/tiers';
import { latestRun } from '../../clv/runs/latest';
import { configOf } from '../../config';
import { text } from '../../ranking/query';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { answerFile, type Context } from '../../tracking/http';
import type { SegmentDetail } from './api-types';
import { SegmentConflict } from './manage';
import { allMembers, type MemberRow, membersPage } from './members/page';
import { segmentContents } from './queries/contents';
import { segmentOptions } from './queries/options';
import { countInput, segmentInput } from './rules/schema';
import type { SegmentsService } from './service';
import { readSegment } from './store';

export const segmentMembersQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

/** Keys with a comma between them, or the parameter several times. */
export const segmentContentsQuery = z.object({
  search: text(200).default(''),
  keys: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat().flatMap((one) => one.split(',').filter(Boolean)))
    .pipe(z.array(text(280)).max(200)),
});

async function answering(ctx: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SegmentConflict)) throw error;
    ctx.conflict(error.message);
  }
}

/** The Segments pages; see `api-types.ts`. */
export function segmentsAdminController({ strapi }: { strapi: Strapi }) {
  const segments = (): SegmentsService => strapi.plugin('clv').service('segments');
  const knex = () => knexOf(strapi);
  const unknown = (ctx: Context) => ctx.notFound('There is no such segment; it may have been deleted.');
  const give = (ctx: Context, detail: SegmentDetail | null) => {
    if (detail) ctx.body = detail;
    else unknown(ctx);
  };

  return {
    async list(ctx: Context): Promise<void> {
      ctx.body = await segments().list();
    },

    async get(ctx: Context): Promise<void> {
      give(ctx, await segments().detail(ctx.params.id));
    },

    create: (ctx: Context) =>
      answering(ctx, async () => {
        const input = checked(segmentInput, ctx, ctx.request.body);
        if (input) ctx.created(await segments().create(input));
      }),

    update: (ctx: Context) =>
      answering(ctx, async () => {
        const input = checked(segmentInput, ctx, ctx.request.body);
        if (input) give(ctx, await segments().update(ctx.params.id, input));
      }),

    async renew(ctx: Context): Promise<void> {
      give(ctx, await segments().renew(ctx.params.id));
    },

    remove: (ctx: Context) =>
      answering(ctx, async () => {
        if (await segments().remove(ctx.params.id)) ctx.body = {};
        else unknown(ctx);
      }),

    async count(ctx: Context): Promise<void> {
      const input = checked(countInput, ctx, ctx.request.body);
      if (!input) return;
      // A builder that goes on asks anew, and hangs up on what it asked before.
      ctx.body = { figures: await segments().count(input.rules, () => !ctx.res.destroyed) };
    },

    async options(ctx: Context): Promise<void> {
      const { tiers, value } = configOf(strapi);
      const run = await latestRun(knex());
      ctx.body = await segmentOptions(knex(), {
        runId: run?.id ?? null,
        tiers: tierNames(tiers),
        currency: run?.currency ?? value.currency,
      });
    },

    async contents(ctx: Context): Promise<void> {
      const query = checkedQuery(segmentContentsQuery, ctx);
      if (query) ctx.body = await segmentContents(knex(), query);
    },

    async members(ctx: Context): Promise<void> {
      const query = checkedQuery(segmentMembersQuery, ctx);
      if (!query) return;
      if (!(await readSegment(knex(), { id: ctx.params.id }))) return unknown(ctx);
      ctx.body = await membersPage(knex(), ctx.params.id, query);
    },

    async exportCsv(ctx: Context): Promise<void> {
      const segment = await readSegment(knex(), { id: ctx.params.id });
      if (!segment) return unknown(ctx);
      const { id, slug } = segment;
      ctx.attachment(`clv-segment-${slug}-${new Date().toISOString().slice(0, 10)}.csv`);
      ctx.type = 'text/csv; charset=utf-8';
      const since = [['since', (row: MemberRow) => timeOf(row.since)]] as const;
      answerFile(ctx, Readable.from(customersCsv(allMembers(knex(), id), since)));
    },
  };
}
