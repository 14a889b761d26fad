import type {
  MoneyPreview,
  SettingPath,
  SettingsPreview,
  TargetPreview,
  TiersPreview,
} from '../../../../server/src/settings/api-types';
import type { Formats } from '../../format';
import type { Text } from '../../text';

interface Words {
  text: Text;
  format: Formats;
}

/** What a draft would change, in sentences; the one that matters most first. */
export function previewSentences(
  preview: SettingsPreview,
  changed: readonly SettingPath[],
  { text, format }: Words,
): string[] {
  const words = { text, format };
  const { integer } = format;
  const said: string[] = [];
  const { tiers, consent, money, days, targets, retention, holdout, runs } = preview;
  if (tiers) said.push(tierSentence(tiers, words));
  if (consent) {
    const { stored, lost, dropped, unknown } = consent;
    if (lost)
      said.push(
        text('clv.settings.preview.lost', {
          days: consent.days,
          touches: integer(lost.touches),
          allTouches: integer(stored.touches),
          visitors: integer(lost.visitors),
          allVisitors: integer(stored.visitors),
        }),
      );
    if (lost && !consent.complete) said.push(text('clv.settings.preview.newest'));
    if (unknown.includes('refused'))
      said.push(text('clv.settings.preview.refused', { n: integer(dropped.consent) }));
    if (unknown.includes('gpc')) said.push(text('clv.settings.preview.gpc', { n: integer(dropped.gpc) }));
    if (unknown.includes('dnt')) said.push(text('clv.settings.preview.dnt', { n: integer(dropped.dnt) }));
    if (changed.includes('consent.mode')) said.push(text('clv.settings.preview.pages'));
  }
  if (money) said.push(...moneySentences(money, changed, words));
  if (days)
    said.push(
      text('clv.settings.preview.days', {
        moving: integer(days.moving),
        orders: integer(days.orders),
        days: days.days,
      }),
    );
  for (const target of targets ?? []) said.push(targetSentence(target, words));
  if (retention) {
    const id = retention.complete ? 'clv.settings.preview.deleted' : 'clv.settings.preview.deleted-at-least';
    const { touches, now, draft } = retention;
    said.push(text(id, { n: integer(draft), touches: integer(touches), now: integer(now) }));
    const { lookbackDays, windowDays } = retention;
    said.push(text('clv.settings.preview.attribution', { lookbackDays, windowDays }));
  }
  if (holdout)
    said.push(
      text('clv.settings.preview.holdout', {
        readers: integer(holdout.readers),
        n: integer(holdout.draft),
        now: integer(holdout.now),
      }),
    );
  if (said.length === 0)
    said.push(text(runs.length > 0 ? 'clv.settings.preview.run' : 'clv.settings.counts.at-once'));
  return said;
}

function tierSentence(tiers: TiersPreview, { text, format }: Words): string {
  if (tiers.unknown === 'no run') return text('clv.settings.preview.no-run');
  if (tiers.unknown === 'bands') return text('clv.settings.preview.bands', { currency: tiers.currency });
  const { moving, customers } = tiers;
  if (moving === 0) return text('clv.settings.preview.nobody');
  return text('clv.settings.preview.tiers', {
    moving,
    shown: format.integer(moving),
    customers: format.integer(customers),
  });
}

function moneySentences(
  money: MoneyPreview,
  changed: readonly SettingPath[],
  { text, format }: Words,
): string[] {
  const { currency, currencies, lacking, orders, staleRates } = money;
  const names = currencies.filter(({ lacksRate }) => lacksRate).map((one) => one.currency);
  const said: string[] = [];
  if (names.length === 0) said.push(text('clv.settings.preview.rates'));
  else {
    const share = format.percent(orders === 0 ? 0 : lacking / orders);
    said.push(
      text('clv.settings.preview.no-rate', {
        lacking: format.integer(lacking),
        orders: format.integer(orders),
        share,
        names: names.join(', '),
      }),
    );
  }
  if (staleRates.length > 0)
    said.push(text('clv.settings.preview.stale', { names: staleRates.join(', '), currency }));
  if (changed.includes('value.currency')) said.push(text('clv.settings.preview.currency', { currency }));
  return said;
}

function targetSentence(
  { path, figure, now, draft, reachedNow, reachedDraft }: TargetPreview,
  { text, format }: Words,
) {
  const ratio = path === 'targets.ratio';
  const name = text(ratio ? 'clv.settings.ratio' : 'clv.settings.retention');
  const show = (value: number) => (ratio ? `${format.score(value)} : 1` : format.percent(value));
  if (!figure) return text('clv.settings.preview.target-unknown', { name });
  const side = (target: number | null, reached: boolean | null) => {
    if (target === null) return text('clv.settings.preview.target-none');
    const id = reached ? 'clv.settings.preview.target-reached' : 'clv.settings.preview.target-missed';
    return text(id, { target: show(target) });
  };
  return text('clv.settings.preview.target', {
    name,
    figure: show(figure.value),
    now: side(now, reachedNow),
    draft: side(draft, reachedDraft),
  });
}
