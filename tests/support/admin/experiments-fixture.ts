import type { Page, Route } from 'playwright-core';
import type {
  ArmReport,
  EffectReport,
  Experiment,
  ExperimentDesign,
  ExperimentDetail,
  ExperimentReport,
  SampleSize,
  SampleSizeInput,
} from '../../../server/src/activation/experiments/api-types';

/*
 * Answers of the admin routes of experiments with every finding that there can be: clear, unclear, too little, arms
 * that are not as planned, several variants, a fixed horizon before its end, messages of a trigger, long names.
 */

const DAY = 86_400_000;
const NOW = Date.now();

const design = (others: Partial<ExperimentDesign> = {}): ExperimentDesign => ({
  holdout: 0.1,
  variants: [{ arm: 'recommended', strategy: 'recommended', weight: 1 }],
  segmentId: null,
  horizon: 'sequential',
  days: null,
  alpha: 0.05,
  ...others,
});

const experiment = (id: string, name: string, others: Partial<Experiment> = {}): Experiment => ({
  id,
  name,
  surface: 'recommendations',
  design: design(),
  state: 'running',
  about: null,
  createdAt: NOW - 45 * DAY,
  startedAt: NOW - 40 * DAY,
  endedAt: null,
  ...others,
});

const arm = (name: string, units: number, mean: number): ArmReport => ({
  arm: name,
  units,
  persons: Math.round(units * 0.42),
  customers: Math.round(units * 0.11),
  mean,
  sum: mean * units,
  buyers: 0.034,
});

const effect = (
  verdict: EffectReport['verdict'],
  value: number,
  half: number,
  others: Partial<EffectReport> = {},
): EffectReport => ({
  arm: 'recommended',
  perUnit: { value, low: value - half, high: value + half },
  unadjusted: { value: value * 1.1, low: value * 1.1 - half * 1.4, high: value * 1.1 + half * 1.4 },
  varianceSaved: 0.41,
  relative: { value: value / 18, low: (value - half) / 18, high: (value + half) / 18 },
  incremental: value * 11_034,
  pValue: verdict === 'no clear difference' ? 0.31 : 0.011,
  verdict,
  ...others,
});

const report = (others: Partial<ExperimentReport> = {}): ExperimentReport => ({
  at: NOW - 3 * 3_600_000,
  currency: 'EUR',
  value: 'revenue',
  arms: [arm('holdout', 1_226, 18.1), arm('recommended', 11_034, 20.2)],
  effects: [effect('more', 2.1, 1.7)],
  ratio: { pValue: 0.62, ok: true },
  crossed: 12,
  final: true,
  ...others,
});

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsempfehlungen für Großkunden im Herbst';

/** One experiment of each kind. */
export const examples = (): { experiment: Experiment; report: ExperimentReport | null }[] => [
  { experiment: experiment('more', 'Recommendations of the site'), report: report() },
  {
    experiment: experiment('variants', LONG, {
      design: design({
        variants: [
          { arm: 'recommended', strategy: 'recommended', weight: 2 },
          { arm: 'popular', strategy: 'popular', weight: 1 },
        ],
        segmentId: 'enterprise',
      }),
      state: 'stopped',
      endedAt: NOW - 2 * DAY,
    }),
    report: report({
      arms: [arm('holdout', 612, 24), arm('recommended', 3_671, 24.9), arm('popular', 1_835, 20.8)],
      effects: [
        effect('no clear difference', 0.9, 2.2, { relative: null, varianceSaved: 0.002 }),
        effect('less', -3.2, 2.4, { arm: 'popular', varianceSaved: 0.004 }),
      ],
      crossed: 0,
    }),
  },
  {
    experiment: experiment('early', 'تجربة توصيات المحتوى', {
      design: design({ horizon: 'fixed', days: 60 }),
    }),
    report: report({ effects: [effect('no clear difference', 0.8, 2.9)], final: false, value: 'margin' }),
  },
  {
    experiment: experiment('few', 'Win back those who leave', {
      surface: 'trigger:leaving',
      about: 'Churn risk crossed',
      design: design({ variants: [{ arm: 'treated', strategy: 'recommended', weight: 1 }] }),
    }),
    report: report({ arms: [arm('holdout', 12, 3), arm('treated', 121, 4)], effects: [], crossed: 0 }),
  },
  {
    experiment: experiment('mismatch', 'Recommendations behind the CDN'),
    report: report({
      arms: [arm('holdout', 1_801, 18), arm('recommended', 9_034, 20)],
      ratio: { pValue: 0.000_000_1, ok: false },
    }),
  },
  { experiment: experiment('fresh', 'Started a minute ago', { startedAt: NOW - 60_000 }), report: null },
  {
    experiment: experiment('draft', 'For the spring', { state: 'draft', startedAt: null }),
    report: null,
  },
];

const SEGMENTS = [
  { id: 'enterprise', name: 'Enterprise customers who read white papers' },
  { id: 'new', name: 'New this quarter' },
];

function course({ experiment, report }: { experiment: Experiment; report: ExperimentReport | null }) {
  const effects = report?.effects ?? [];
  return effects.flatMap(({ arm: name, perUnit }) =>
    Array.from({ length: 30 }, (_, day) => {
      const wider = Math.sqrt(30 / (day + 1));
      const value = perUnit.value * (1 + Math.sin(day) / (day + 2));
      const half = (perUnit.high - perUnit.value) * wider;
      return {
        at: (experiment.startedAt ?? NOW) + (day + 1) * DAY,
        arm: name,
        value,
        low: value - half,
        high: value + half,
      };
    }),
  );
}

export interface FakeExperiments {
  /** What was asked with a body, or to be done. */
  asked: { method: string; path: string; body: unknown }[];
  all: ReturnType<typeof examples>;
  /** Answers everything with this status. */
  down: number | null;
}

/** Answers the page's requests below `/clv/experiments`, in its window; what buttons do is remembered. */
export async function fakeExperiments(page: Page, all = examples()): Promise<FakeExperiments> {
  const fake: FakeExperiments = { asked: [], all, down: null };
  await page.route(
    (url) => url.pathname === '/clv/experiments' || url.pathname.startsWith('/clv/experiments/'),
    (route) => answer(fake, route),
  );
  return fake;
}

/** Twice the deviation, squared, over the squared difference: near enough for a screen. */
function sampleSize({ effect: share, power, holdout, horizon }: SampleSizeInput): SampleSize {
  const [mean, deviation] = [18.4, 61];
  const z = 1.96 + (power > 0.85 ? 1.28 : 0.84);
  const units = Math.ceil(
    ((z * deviation) / (share * mean)) ** 2 / (holdout * (1 - holdout)) / (horizon === 'fixed' ? 1 : 0.7),
  );
  return {
    units,
    inHoldout: Math.round(units * holdout),
    days: Math.ceil(units / 850),
    basis: { mean, deviation, n: 12_260, currency: 'EUR', varianceSaved: 0.41 },
  };
}

async function answer(fake: FakeExperiments, route: Route): Promise<void> {
  const request = route.request();
  const method = request.method();
  const path = new URL(request.url()).pathname.replace('/clv/experiments', '');
  const body = request.postData() ? request.postDataJSON() : undefined;
  if (method !== 'GET') fake.asked.push({ method, path, body });
  const fail = (status: number, message: string) =>
    route.fulfill({ status, json: { data: null, error: { status, name: 'Error', message, details: {} } } });
  if (fake.down !== null) return fail(fake.down, 'down');
  const json = (data: unknown) => route.fulfill({ json: data });

  if (path === '/sample-size') return json(sampleSize(body));
  if (path === '/run') return json({ jobId: 'job-1' });
  if (path === '' && method === 'GET') return json({ experiments: fake.all, segments: SEGMENTS });
  if (path === '') {
    const made = experiment('made', body.name, { ...body, state: 'draft', startedAt: null });
    fake.all = [...fake.all, { experiment: made, report: null }];
    return json(made);
  }
  const [, id, action] = path.split('/');
  const found = fake.all.find((one) => one.experiment.id === id);
  if (!found) return fail(404, `There is no experiment ${id}.`);
  if (method === 'DELETE') {
    fake.all = fake.all.filter((one) => one !== found);
    return route.fulfill({ status: 204 });
  }
  if (method === 'PUT') found.experiment = { ...found.experiment, ...body };
  if (action === 'start' || action === 'stop') {
    const begins = action === 'start';
    found.experiment = {
      ...found.experiment,
      state: begins ? 'running' : 'stopped',
      ...(begins ? { startedAt: NOW } : { endedAt: NOW }),
    };
  }
  if (method !== 'GET') return json(found.experiment);
  const detail: ExperimentDetail = {
    ...found,
    course: course(found),
    segmentName: SEGMENTS.find((segment) => segment.id === found.experiment.design.segmentId)?.name ?? null,
  };
  return json(detail);
}
