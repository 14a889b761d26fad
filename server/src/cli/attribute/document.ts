import { type CreditedPaths, type Path, type PathModel, totalsOf } from '../../ranking/models/attribution';

export interface CreditRow {
  content: string;
  conversions: number;
  value: number;
  /** `markov` only: the share of the conversions that is lost without the item. */
  removalEffect?: number;
  /** Where `shapley` is an estimate. */
  conversionsStandardError?: number;
  valueStandardError?: number;
}

/** What `clv attribute --json` prints. */
export interface AttributionDocument {
  model: PathModel;
  totalConversions: number;
  totalValue: number;
  /** Most conversions first, then by name. */
  credits: CreditRow[];
}

export function attributionDocument(
  model: PathModel,
  paths: readonly Path[],
  contents: readonly string[],
  { conversions, value, removalEffect, standardError }: CreditedPaths,
): AttributionDocument {
  const totals = totalsOf(paths);
  const credits = contents.map((content, item) => ({
    content,
    conversions: conversions[item]!,
    value: value[item]!,
    ...(removalEffect && { removalEffect: removalEffect[item]! }),
    ...(standardError && {
      conversionsStandardError: standardError.conversions[item]!,
      valueStandardError: standardError.value[item]!,
    }),
  }));
  credits.sort((a, b) => b.conversions - a.conversions || (a.content < b.content ? -1 : 1));
  return { model, totalConversions: totals.conversions, totalValue: totals.value, credits };
}
