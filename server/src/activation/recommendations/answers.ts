import type { Strapi } from '../../room';
import { keyOf } from '../../tracking/contents/registry';
import type { ContentsService } from '../../tracking/contents/service';
import { type Context, Refusal } from '../../tracking/http';
import type { Recommendations } from './api-types';
import { entriesFor, type Wanted } from './entries';
import type { RecommendationsQuery } from './query';
import type { Readable } from './readable';
import type { Audience, RecommendationsService } from './service';

type Asked = Omit<RecommendationsQuery, 'tier' | 'channel'>;
type Reader = Awaited<ReturnType<typeof entriesFor>>;

const quoted = (names: Iterable<string>) => [...names].map((name) => `"${name}"`).join(', ');

/** What of a query is about entries; null when it asks for none. */
function wantedOf({ filters, fields, populate }: Asked): Wanted | null {
  const wanted: Wanted = {
    ...(filters !== undefined && { filters }),
    ...(fields !== undefined && { fields }),
    ...(populate !== undefined && { populate }),
  };
  return Object.keys(wanted).length > 0 ? wanted : null;
}

/** Makes the answers of the routes and the GraphQL queries. */
export function recommendationAnswers(strapi: Strapi, readableBy: (ctx: Context) => Promise<Readable>) {
  const service = (): RecommendationsService => strapi.plugin('clv').service('recommendations');
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');

  /** The types that are asked for and may be read. @throws Refusal when there is none */
  function typesFor(names: string[] | undefined, allowed: ReadonlySet<string>): string[] {
    const types = [...contents().types().values()];
    const unknown = (names ?? []).find((name) => !types.some(({ uid, kind }) => [uid, kind].includes(name)));
    if (unknown !== undefined) {
      const kinds = quoted(types.map(({ kind }) => kind));
      throw new Refusal(400, `"type" names "${unknown}", which is not tracked. There are: ${kinds}.`);
    }
    const asked = types.filter(({ uid, kind }) => !names || names.includes(uid) || names.includes(kind));
    const readable = asked.filter(({ uid }) => allowed.has(uid));
    if (asked.length > 0 && readable.length === 0) {
      throw new Refusal(
        403,
        `Nothing of what is asked for may be read. Give the role (Public, for readers without a login) or the API token the permission ${asked[0]!.uid}.find.`,
      );
    }
    return readable.map(({ uid }) => uid);
  }

  function localeOf(uid: string, asked: string | undefined): string {
    if (!contents().types().get(uid)?.localized) return '';
    return asked ?? contents().defaultLocale();
  }

  /** One reader for each type. @throws Refusal 400 where Strapi refuses the question */
  async function readers(ctx: Context, uids: string[], wanted: Wanted, locale: string | undefined) {
    const found = new Map<string, Reader>();
    for (const uid of uids) {
      try {
        found.set(uid, await entriesFor(strapi, ctx, uid, wanted, localeOf(uid, locale)));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
        const hint = uids.length > 1 ? ' Say with "type" which type it is about.' : '';
        throw new Refusal(400, `${uid}: ${error.message}.${hint}`);
      }
    }
    return found;
  }

  /** Keys of what the filters let through. */
  async function passing(found: Map<string, Reader>, locale: string | undefined): Promise<Set<string>> {
    const keys = new Set<string>();
    for (const [uid, reader] of found) {
      const here = localeOf(uid, locale);
      for (const documentId of await reader.passing()) keys.add(keyOf({ uid, documentId, locale: here }));
    }
    return keys;
  }

  async function addEntries({ data }: Recommendations, found: Map<string, Reader>): Promise<void> {
    for (const [uid, reader] of found) {
      const ofType = data.filter((item) => item.uid === uid);
      if (ofType.length === 0) continue;
      const entries = await reader.read(ofType.map(({ documentId }) => documentId));
      for (const item of ofType) item.entry = entries.get(item.documentId);
    }
  }

  return {
    /**
     * Recommendations for an audience, as the query asks for them and whoever asks may read them.
     *
     * @throws Refusal 400 or 403 with what to change
     */
    async recommendations(ctx: Context, query: Asked, audience: Audience): Promise<Recommendations> {
      const readable = await readableBy(ctx);
      const wanted = wantedOf(query);
      const uids = typesFor(query.type, wanted ? readable.lists : readable.any);
      const { limit, locale, exclude, content } = query;
      const found = wanted && (await readers(ctx, uids, wanted, locale));
      const answer = service().recommend(audience, {
        uids: new Set(uids),
        limit,
        locale: locale ?? null,
        exclude,
        content: content ?? null,
        only: found && query.filters !== undefined ? await passing(found, locale) : null,
      });
      if (!found) return answer;
      await addEntries(answer, found);
      // Unpublished a moment ago.
      return { ...answer, data: answer.data.filter(({ entry }) => entry !== undefined) };
    },

    /** Everyone of a tier. @throws Refusal 400 when there is no such tier */
    async ofTier(tier: string): Promise<Audience> {
      const tiers = await service().tiers();
      if (!tiers.includes(tier))
        throw new Refusal(400, `"tier" is no tier. There are: ${quoted(tiers)}, from the best down.`);
      return { kind: 'tier', tier };
    },
  };
}
