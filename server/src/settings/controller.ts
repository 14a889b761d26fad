import { z } from 'zod';
import { checked } from '../checked';
import type { Strapi } from '../room';
import type { Context } from '../tracking/http';
import type { SettingPath } from './api-types';
import { isPath, PATHS } from './catalogue';
import { type SettingsService, Unfit } from './service';

const values = z.partialRecord(
  z.enum(PATHS as [SettingPath, ...SettingPath[]], 'is no setting that can be saved here'),
  z.unknown(),
);
const version = z.coerce.number('is not the version that you have seen').int().min(0);

/** The body of `PUT /clv/settings`. */
export const settingsInput = z.strictObject({ version, values });
/** The body of `POST /clv/settings/preview`. */
export const settingsDraft = z.strictObject({ values });
/** The query of `DELETE /clv/settings/:path`. */
export const settingsVersion = z.object({ version });

const CONFLICT =
  'Somebody else saved settings meanwhile. Look at what they are now, and save again what you still want.';

/** Reads and saves settings, and tells what a draft would change. */
export function settingsController({ strapi }: { strapi: Strapi }) {
  const settings = (): SettingsService => strapi.plugin('clv').service('settings');

  /** Answers with what is wrong, by setting. */
  async function fitting(ctx: Context, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      ctx.badRequest(error.message, { errors: error.errors });
    }
  }

  async function save(ctx: Context, input: z.output<typeof settingsInput>): Promise<void> {
    await fitting(ctx, async () => {
      const saved = await settings().save(input.version, input.values, `admin:${ctx.state.user.id}`);
      if (!saved) return ctx.conflict(CONFLICT);
      ctx.body = await settings().read();
    });
  }

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = await settings().read();
    },

    async save(ctx: Context): Promise<void> {
      const input = checked(settingsInput, ctx, ctx.request.body);
      if (input) await save(ctx, input);
    },

    async preview(ctx: Context): Promise<void> {
      const input = checked(settingsDraft, ctx, ctx.request.body);
      if (!input) return;
      await fitting(ctx, async () => {
        ctx.body = await settings().preview(input.values);
      });
    },

    async remove(ctx: Context): Promise<void> {
      const { path } = ctx.params;
      if (!isPath(path)) return ctx.notFound(`There is no setting "${path}" that can be saved here.`);
      const query = checked(settingsVersion, ctx, ctx.query);
      if (query) await save(ctx, { version: query.version, values: { [path]: null } });
    },
  };
}
