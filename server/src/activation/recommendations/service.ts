import type { IncomingHttpHeaders } from 'node:http';
import { tierNames } from '../../clv/kpis/tiers';
import type { LiveService } from '../../clv/live/service';
import { configOf } from '../../config';
import { reasonOf } from '../../jobs/errors';
import { seldom } from '../../jobs/seldom';
import type { Strapi } from '../../room';
import type { ContentsService } from '../../tracking/contents/service';
import { factsOf, objectionOf } from '../../tracking/filters';
import type { TrackingService } from '../../tracking/service';
import type { ExperimentsService } from '../experiments/service';
import type { RunningExperiment } from '../experiments/types';
import { HOLDOUT } from '../models/experiments/arms';
import type { Strategy, Taste } from '../models/recommend';
import type { Me, Recommendations } from './api-types';
import { documentOf } from './catalogue/catalogue';
import { catalogueService } from './catalogue/service';
import { edgeToken } from './edge-token';
import { interestsOf } from './interests';
import type { Profile } from './profiles/profile';
import { profileService } from './profiles/service';
import { order, recommend, type Wish } from './recommend';

export type RecommendationsService = ReturnType<typeof recommendationsService>;

/** For whom an answer is: one visitor or customer, everyone of a tier, or somebody who came by a channel. */
export type Audience =
  | OfVisitor
  | { kind: 'tier'; tier: string }
  | { kind: 'session'; channel: string | null };

interface OfVisitor {
  kind: 'visitor';
  visitorKey: string | null;
  profile: Profile;
}

/** What is asked for. */
export interface Question extends Pick<Wish, 'uids' | 'limit' | 'only'> {
  locale: string | null;
  exclude: string[];
  /** Key of the page that one is on. */
  content: string | null;
}

/** How somebody is served. */
interface Treatment {
  arm: string | null;
  strategy: Strategy;
  /** Whether anything that is known of the visitor decides. */
  personal: boolean;
}

/** A document in an order; without a score it is placed by when it was read. */
export interface Placed {
  documentId: string;
  score: number | null;
}

/** As if the page that one is on was read for a minute. */
const PAGE_SECONDS = 60;

/** Serves content by what it is expected to be worth to whoever asks; all it needs is in memory. */
export function recommendationsService({ strapi }: { strapi: Strapi }) {
  const report = seldom((error: unknown) => strapi.log.error(`[clv] recommendations: ${reasonOf(error)}`));

  const profiles = profileService(strapi, report);
  const catalogue = catalogueService(strapi, report);
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');
  const tracking = (): TrackingService => strapi.plugin('clv').service('tracking');
  const experiments = (): ExperimentsService => strapi.plugin('clv').service('experiments');

  /** In which arm somebody is; with this they have met the experiment. */
  function treat(audience: Audience): Treatment {
    const personal = audience.kind === 'visitor';
    // Before the first ranking run nothing is known but the date, and no arm differs from another.
    if (catalogue.now().model.jobId === '') return { arm: null, strategy: 'newest', personal };
    const experiment = experiments().running('recommendations');
    const met = personal && experiment ? meet(audience, experiment) : null;
    if (!met) return { arm: null, strategy: 'recommended', personal };
    return { ...met, personal: met.arm !== HOLDOUT };
  }

  function meet({ profile, visitorKey }: OfVisitor, experiment: RunningExperiment) {
    const { personId, assignments, segmentIds } = profile;
    const unit = { personId, visitorKey };
    const met = experiments().assign(experiment, unit, assignments, segmentIds);
    const unitKind = personId === null ? 'visitor' : 'person';
    const unitId = personId ?? visitorKey;
    if (!met || unitId === null) return null;
    const isNew = !assignments.some(
      (known) => known.experimentId === experiment.id && known.unitId === unitId,
    );
    // Else it would be written anew at each request, until the profile is.
    if (isNew)
      assignments.push({
        experimentId: experiment.id,
        unitKind,
        unitId,
        arm: met.arm,
        assignedAt: Date.now(),
      });
    return met;
  }

  function tasteOf(audience: Audience, personal: boolean, page: number | undefined): Taste {
    const taste: Taste = { tier: null, stage: null, channel: null, read: new Map() };
    if (audience.kind === 'tier') taste.tier = audience.tier;
    if (audience.kind === 'session') taste.channel = audience.channel;
    if (audience.kind === 'visitor' && personal) {
      const { tier, stage, channel, read } = audience.profile;
      Object.assign(taste, { tier, stage, channel, read });
    }
    if (page === undefined) return taste;
    const here = { seconds: PAGE_SECONDS, lastAt: Date.now() };
    return { ...taste, read: new Map(taste.read).set(page, here) };
  }

  const personalisedBy = (audience: Audience, personal: boolean): Recommendations['meta']['personalised'] => {
    if (audience.kind === 'tier') return 'tier';
    if (audience.kind === 'session') return audience.channel === null ? 'none' : 'session';
    if (!personal) return 'none';
    const { tier, read, channel } = audience.profile;
    if (tier !== null || read.size > 0) return 'visitor';
    return channel === null ? 'none' : 'session';
  };

  function wishOf(audience: Audience, question: Question, { strategy, personal }: Treatment): Wish {
    const { uids, limit, only, exclude, content } = question;
    const page = content === null ? undefined : contents().known(content);
    const excluded = exclude.flatMap((key) => contents().known(key) ?? []);
    if (page) excluded.push(page);
    return {
      uids,
      limit,
      only,
      locale: question.locale ?? contents().defaultLocale(),
      exclude: new Set(excluded.map(documentOf)),
      strategy,
      taste: tasteOf(audience, personal, page?.id),
      readLast: personal,
      now: Date.now(),
    };
  }

  return {
    report,

    /**
     * Whom a request comes from, so far as that may be used: not without consent, nor where the request objects.
     *
     * @param channel how they came, where nothing else may be used
     */
    async audienceOf(headers: IncomingHttpHeaders, channel: string | null = null): Promise<Audience> {
      const session: Audience = { kind: 'session', channel };
      const objection = objectionOf(factsOf(headers), configOf(strapi).consent);
      const visitorKey = objection ? undefined : tracking().visitorOf(headers);
      if (visitorKey === undefined) return session;
      try {
        const profile = await profiles.ofVisitor(visitorKey);
        return profile
          ? { kind: 'visitor', visitorKey, profile: profile.channel ? profile : { ...profile, channel } }
          : session;
      } catch (error) {
        report(error);
        return session;
      }
    },

    /** A customer whom a server names; whoever is not known or denied consent is served as anybody. */
    async customer(customerId: string): Promise<Audience> {
      const profile = await profiles.ofCustomer(customerId);
      return profile ? { kind: 'visitor', visitorKey: null, profile } : { kind: 'session', channel: null };
    },

    /** Items for an audience, best first. */
    recommend(audience: Audience, question: Question): Recommendations {
      const treatment = treat(audience);
      const now = catalogue.now();
      const { arm, strategy, personal } = treatment;
      return {
        data: recommend(now, wishOf(audience, question, treatment)),
        meta: {
          personalised: personalisedBy(audience, personal),
          strategy,
          arm,
          computedAt: now.model.jobId === '' ? null : now.model.madeAt,
        },
      };
    },

    /**
     * Every item of a type and a locale in the order for an audience.
     *
     * @returns null for those who are held out: they get what everybody got before
     */
    order(audience: Audience, uid: string, locale: string | null): Placed[] | null {
      const treatment = treat(audience);
      if (treatment.arm === HOLDOUT) return null;
      const everything = { limit: Number.MAX_SAFE_INTEGER, only: null, exclude: [], content: null };
      const now = catalogue.now();
      const wish = wishOf(audience, { uids: new Set([uid]), locale, ...everything }, treatment);
      return order(now, wish).map((placed) => ({
        documentId: now.contents[placed.index]!.documentId,
        score: 'score' in placed ? placed.score : null,
      }));
    },

    /** What a page may know of its visitor. */
    me(audience: Audience): Me {
      const profile = audience.kind === 'visitor' ? audience.profile : null;
      const me = {
        known: profile !== null && profile.personId !== null,
        tier: profile?.tier ?? null,
        stage: profile?.stage ?? null,
        value: profile?.value ?? null,
        interests: interestsOf(catalogue.now(), profile?.read ?? new Map()),
        segments: profile?.publicSegments ?? [],
        arm: treat(audience).arm,
      };
      const { edgeSecret } = configOf(strapi).activation;
      return { ...me, token: edgeSecret ? edgeToken(me, edgeSecret) : null };
    },

    /** The tiers that there are, from the best down. */
    async tiers(): Promise<string[]> {
      const live: LiveService = strapi.plugin('clv').service('live');
      return (await live.engine())?.tiers.names ?? tierNames(configOf(strapi).tiers);
    },

    /** Waits until it is as the database is. */
    async settle(): Promise<void> {
      await catalogue.look();
      await profiles.settle();
    },

    async start(): Promise<void> {
      await catalogue.start();
      await profiles.start();
    },

    stop(): void {
      catalogue.stop();
      profiles.stop();
    },
  };
}
