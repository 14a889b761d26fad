import { may, type Permission } from '../../permissions';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { ContentsService } from '../../tracking/contents/service';
import type { Context } from '../../tracking/http';
import type { StartChecklist, WidgetData } from './api-types';
import { startChecklist } from './checklist';
import { widgetData } from './widget';

/** Whoever may see one of these pages has a use for the way there. */
const STARTERS: Permission[] = ['rankings.read', 'value.read', 'data.import', 'settings.manage'];

export function startController({ strapi }: { strapi: Strapi }) {
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');

  return {
    async checklist(ctx: Context): Promise<void> {
      if (!STARTERS.some((permission) => may(ctx, permission))) return ctx.forbidden();
      const body: StartChecklist = await startChecklist(knexOf(strapi), contents().types().size);
      ctx.body = body;
    },

    /** Only the parts that the administrator may see; 403 for one who may see none. */
    async widget(ctx: Context): Promise<void> {
      const parts = {
        ranking: may(ctx, 'rankings.read'),
        value: may(ctx, 'value.read'),
        sync: may(ctx, 'crm.read'),
      };
      if (!Object.values(parts).includes(true)) return ctx.forbidden();
      const body: WidgetData = await widgetData(knexOf(strapi), parts);
      ctx.body = body;
    },
  };
}
