import type { Interval, ItemSentence, Trend } from '../../../server/src/ranking/advice/api-types';
import type { Formats } from '../format';
import type { MessageId, Text } from '../text';

type Told = 'associated' | 'below-typical' | 'ordinary';

const EXCESS: Record<Told, MessageId> = {
  associated: 'clv.advice.item.associated',
  'below-typical': 'clv.advice.item.below-typical',
  ordinary: 'clv.advice.item.ordinary',
};
const SHORT: Record<'few-readers' | 'few-others', MessageId> = {
  'few-readers': 'clv.advice.item.few-readers',
  'few-others': 'clv.advice.item.few-others',
};
const REFUSED: Record<'no-overlap' | 'little-overlap', MessageId> = {
  'no-overlap': 'clv.advice.item.no-overlap',
  'little-overlap': 'clv.advice.item.little-overlap',
};

/** The sentence on an item, in the administrator's language. */
export function sentenceWords(sentence: ItemSentence, currency: string, text: Text, format: Formats): string {
  const money = ({ value, low, high }: Interval) => {
    const beside = Math.max(...[value, low, high].map(Math.abs));
    return {
      adjusted: format.signedMoney(value, currency, beside),
      low: format.money(low, currency, beside),
      high: format.money(high, currency, beside),
    };
  };
  switch (sentence.code) {
    case 'associated':
    case 'below-typical':
    case 'ordinary': {
      const { value, low, high } = sentence.excess;
      return text(EXCESS[sentence.code], {
        amount: format.share(value),
        low: format.share(low, value),
        high: format.share(high, value),
        n: sentence.readers,
      });
    }
    case 'explained': {
      const difference = format.signedMoney(sentence.difference.value, currency);
      const values = { ...money(sentence.adjusted), n: sentence.readers };
      return text('clv.advice.item.explained', { difference, ...values });
    }
    case 'support': {
      const { already, readers: n } = sentence;
      return text('clv.advice.item.support', { share: format.wholePercent(already / n), already, n });
    }
    case 'few-readers':
    case 'few-others':
      return text(SHORT[sentence.code], { n: sentence.n, needed: sentence.needed });
    case 'no-overlap':
    case 'little-overlap':
      return text(REFUSED[sentence.code], { n: sentence.readers });
    case 'no-typical': {
      const { n, needed, adjusted, readers } = sentence;
      return adjusted
        ? text('clv.advice.item.no-typical', { n, needed, readers, ...money(adjusted) })
        : text('clv.advice.item.no-typical.bare', { n, needed });
    }
    case 'no-variance':
      return text('clv.advice.item.no-variance');
  }
}

/** Whether a piece is fading or rising, with its figures. */
export function trendWords({ before, recent, relative }: Trend, text: Text, format: Formats): string {
  return text(relative.value < 1 ? 'clv.advice.item.fading' : 'clv.advice.item.rising', {
    ...changeWords({ before, recent }, format),
    relative: format.multiple(relative.value),
    low: format.multiple(relative.low),
    high: format.multiple(relative.high),
  });
}

/** New readers a month, before and of late, with as many decimals as the smaller one needs. */
export function changeWords({ before, recent }: Pick<Trend, 'before' | 'recent'>, format: Formats) {
  const decimals = Math.min(before, recent) < 10 ? 1 : 0;
  return { before: format.tenths(before, decimals), recent: format.tenths(recent, decimals) };
}
