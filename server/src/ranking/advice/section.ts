import { minorDigits } from '../../clv/convert';
import { gapsOf } from '../models/advice/gaps';
import type { ContentGroup } from '../models/advice/groups';
import { highReaders, MONTHS, readingOf } from '../models/advice/reading';
import { sentenceOf } from '../models/advice/sentence';
import { timesOf } from '../models/advice/times';
import { RECENT_WEEKS, trendsOf } from '../models/advice/trends';
import { PIECES_NEEDED, worthwhileGroups } from '../models/advice/worthwhile';
import { ITEMS_NEEDED } from '../models/empirical-null';
import { inMajorUnits } from '../models/in-major-units';
import { divisionOf } from '../models/landmark';
import type { Ranked } from '../models/rank';
import { NEEDED } from '../models/verdict';
import { contentGroups } from '../queries/content-groups';
import type { RankingOfEveryone, RunData, Section } from '../run-data';
import type { AdviceReport, ItemAdvice } from './api-types';
import { highValuePersons } from './high-value';
import { toldGap, toldTrend, toldWorthwhile } from './told';

/** The name under which a run keeps its advice. */
export const ADVICE = 'advice';

/** Of each kind; an editor reads no longer list. */
const LISTED = 20;

/** What the rankings mean for an editor: what to write more of, what is missing, what fades, and a sentence on each item. */
export async function adviceSection(data: RunData, progress: (fraction: number) => void): Promise<Section> {
  const groups = await contentGroups(data.knex, data.contentIds);
  const { tier, isHigh } = await highValuePersons(data);
  progress(0.5);
  const landmark = chosenLandmark(data.rankings);
  const { items: ranked, comparable } = data.rankings.get(landmark)!;
  const byItem = new Map(ranked.map((one) => [one.item, one]));
  const trends = trendsReport(data, byItem);
  const report: AdviceReport = {
    landmark,
    value: data.settings.value,
    currency: data.settings.currency,
    fdr: data.settings.fdr,
    comparable,
    itemsNeeded: ITEMS_NEEDED,
    worthwhile: worthwhileReport(data, landmark, byItem, groups),
    gaps: gapsReport(data, byItem, groups, { tier, isHigh }),
    trends,
  };
  return { name: ADVICE, body: report, items: itemBodies(data, trends) };
}

/** As screens choose: what was read before the first order, once there is enough of it. */
function chosenLandmark(rankings: RunData['rankings']): string {
  const enough = rankings
    .get('first-order')
    ?.items.some(({ figures }) => figures.verdict !== 'not enough data');
  return enough ? 'first-order' : 'all';
}

type ByItem = Map<number, Ranked>;

function worthwhileReport(
  { settings, exposures, persons, contentIds }: RunData,
  landmark: string,
  byItem: ByItem,
  groups: ContentGroup[],
): AdviceReport['worthwhile'] {
  const pieces = contentIds.map((_, item) => {
    const { figures, detail } = byItem.get(item)!;
    return figures.excess === null || detail.standardError === null || figures.verdict === 'support-like'
      ? undefined
      : { excess: figures.excess, standardError: detail.standardError };
  });
  const { asked, found } = worthwhileGroups(groups, pieces, settings.fdr);
  const division = divisionOf(landmark, settings.timezone)!;
  return {
    asked,
    groups: groups.length,
    piecesNeeded: PIECES_NEEDED,
    found: found
      .slice(0, LISTED)
      .map((one) => toldWorthwhile(one, { exposures, persons, division, byItem, contentIds })),
  };
}

function gapsReport(
  { settings, exposures, contents, contentIds }: RunData,
  byItem: ByItem,
  groups: ContentGroup[],
  { tier, isHigh }: { tier: string | null; isHigh: Uint8Array },
): AdviceReport['gaps'] {
  const publishedAt = contents.map((content) => content.publishedAt);
  const isNoHelp = (item: number) => byItem.get(item)!.figures.verdict !== 'support-like';
  const reading = readingOf(exposures, timesOf(exposures, publishedAt), isHigh, isNoHelp);
  const readers = highReaders(reading);
  const about = groups.filter(({ dimension }) => dimension !== 'kind');
  const { asked, found } = readers < NEEDED ? { asked: 0, found: [] } : gapsOf(about, reading, settings.fdr);
  return {
    tier,
    readers,
    needed: NEEDED,
    months: MONTHS,
    asked,
    found: found.slice(0, LISTED).map((gap) => toldGap(gap, contentIds)),
  };
}

function trendsReport(
  { settings, exposures, contents, contentIds }: RunData,
  byItem: ByItem,
): AdviceReport['trends'] {
  const publishedAt = contents.map((content) => content.publishedAt);
  const times = timesOf(exposures, publishedAt);
  const isWinner = (item: number) => byItem.get(item)!.figures.verdict === 'associated';
  const { pieces, asked, fading, rising } = trendsOf(exposures, times, isWinner, settings.fdr);
  const told = (list: typeof fading) => list.slice(0, LISTED).map((trend) => toldTrend(trend, contentIds));
  return {
    until: Number.isFinite(times.until) ? times.until : settings.now,
    weeks: RECENT_WEEKS,
    pieces,
    needed: ITEMS_NEEDED,
    asked,
    fading: told(fading),
    rising: told(rising),
  };
}

/** A sentence on every item at each landmark, and whether it is fading or rising. */
function itemBodies(
  { rankings, settings, contentIds }: RunData,
  { fading, rising }: AdviceReport['trends'],
): { item: number; body: ItemAdvice }[] {
  const digits = minorDigits(settings.currency);
  const trendOf = new Map([...fading, ...rising].map((trend) => [trend.contentId, trend]));
  const bodies: ItemAdvice[] = contentIds.map((id) => ({ sentences: {}, trend: trendOf.get(id) ?? null }));
  for (const [landmark, ranking] of rankings) sentencesAt(landmark, ranking, digits, bodies);
  return bodies.map((body, item) => ({ item, body }));
}

function sentencesAt(
  landmark: string,
  { items, comparable }: RankingOfEveryone,
  digits: number,
  bodies: ItemAdvice[],
): void {
  for (const { item, figures, detail } of items) {
    const judged = { comparable, itemsNeeded: ITEMS_NEEDED };
    bodies[item]!.sentences[landmark] = sentenceOf(inMajorUnits(figures, digits), detail.refused, judged);
  }
}
