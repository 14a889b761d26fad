import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import type { ContentsService } from '../../../tracking/contents/service';
import { every } from '../../../tracking/every';
import type { RecommendationModel } from '../../models/recommend';
import { composeModel } from '../model/compose';
import { type Catalogue, makeCatalogue } from './catalogue';

const LOOK_MS = 1_000;

/** What may be served and by what model, in memory: it follows ranking runs and the site within seconds. */
export function catalogueService(strapi: Strapi, report: (error: unknown) => void) {
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');
  let model: RecommendationModel | null = null;
  let seen = { ranking: '', contents: -1 };
  let catalogue: Catalogue = makeCatalogue(null, []);
  let end = () => {};

  /** Tells one state of the rankings from the next: a refresh makes snapshots of the same run anew. */
  async function rankingNow(): Promise<string> {
    const latest = await knexOf(strapi)('clv_snapshots')
      .where('created_at', '>', 0)
      .orderBy('created_at', 'desc')
      .first('id', 'job_id', 'created_at');
    return latest ? `${latest.job_id} ${latest.id} ${latest.created_at}` : '';
  }

  async function look(): Promise<void> {
    const ranking = await rankingNow();
    const version = contents().version();
    if (ranking === seen.ranking && version === seen.contents) return;
    if (ranking !== seen.ranking) model = await composeModel(knexOf(strapi));
    catalogue = makeCatalogue(model, contents().items());
    seen = { ranking, contents: version };
  }

  return {
    now: (): Catalogue => catalogue,

    /** Waits until it is as the database and the registry of contents are. */
    look,

    async start(): Promise<void> {
      // Nobody waits for a recommendation before the app has booted; one that cannot be made is made later.
      await look().catch(report);
      end = every(LOOK_MS, look, report);
    },

    stop(): void {
      end();
    },
  };
}
