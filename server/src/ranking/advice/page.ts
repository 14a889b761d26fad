import type { Knex } from 'knex';
import { journeysRun } from '../journeys/page';
import { contentNames } from '../queries/content-names';
import { latestSnapshots } from '../snapshots/latest';
import { itemSection, runSection } from '../snapshots/sections';
import type { AdvicePage, AdviceReport, ItemAdvice, ItemAdviceAnswer } from './api-types';
import { ADVICE } from './section';

/** Landmarks at which everyone's ranking failed its own checks. */
async function failedLandmarks(knex: Knex): Promise<string[]> {
  return (await latestSnapshots(knex))
    .filter(({ head }) => head.sliceOf === '' && head.report.falsification?.passed === false)
    .map(({ head }) => head.landmark);
}

/** Everything that the Advice page shows, with the titles that items have now. */
export async function advicePage(knex: Knex): Promise<AdvicePage> {
  const run = await journeysRun(knex);
  const report = run && (await runSection<AdviceReport>(knex, run.jobId, ADVICE));
  if (!report) return { run, report: null, failedChecks: false, contents: [] };
  const failed = await failedLandmarks(knex);
  return {
    run,
    report,
    failedChecks: failed.includes(report.landmark),
    contents: await contentNames(knex, namedIn(report)),
  };
}

/** What is said of one item. */
export async function itemAdviceAnswer(knex: Knex, contentId: number): Promise<ItemAdviceAnswer> {
  const run = await journeysRun(knex);
  const report = run && (await runSection<AdviceReport>(knex, run.jobId, ADVICE));
  if (!report) return { run, advice: null, currency: '', failedChecks: [] };
  return {
    run,
    advice: await itemSection<ItemAdvice>(knex, run.jobId, ADVICE, contentId),
    currency: report.currency,
    failedChecks: await failedLandmarks(knex),
  };
}

function namedIn({ worthwhile, gaps, trends }: AdviceReport): number[] {
  return [
    ...worthwhile.found.flatMap(({ best }) => best.map(({ contentId }) => contentId)),
    ...gaps.found.flatMap(({ contentIds }) => contentIds),
    ...[...trends.fading, ...trends.rising].map(({ contentId }) => contentId),
  ];
}
