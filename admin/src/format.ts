import { useMemo } from 'react';
import { useIntl } from 'react-intl';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The locale itself where this browser knows it, English otherwise. */
function known(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Multiples beyond this are only told to be beyond it. */
const MOST = 1_000_000;

/** Numbers, amounts and times as people of `locale` write them. A figure that cannot be given is a dash. */
export function formats(locale: string) {
  const language = known(locale);
  const number = (options: Intl.NumberFormatOptions) => {
    // What rounds to zero has no sign.
    const format = new Intl.NumberFormat(language, { signDisplay: 'negative', ...options });
    // A hyphen is too short a minus to be seen before an amount.
    return (value: number | null) => (value === null ? '–' : format.format(value).replace('-', '−'));
  };
  /** Cents say nothing beside hundreds, and cost a column its width: `beside` is the largest amount next to it. */
  const amount =
    (options: Intl.NumberFormatOptions) =>
    (value: number | null, currency: string, beside = value ?? 0) => {
      const whole = Math.abs(beside) >= 100 ? { maximumFractionDigits: 0 } : {};
      const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
      return number({ ...style, ...whole, ...options })(value);
    };
  const thousandths = number({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const hundredths = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

  return {
    language,
    integer: number({ maximumFractionDigits: 0 }),
    percent: number({ style: 'percent', maximumFractionDigits: 1 }),
    /** Correlations and the like: two decimals always, so that they line up. */
    coefficient: hundredths,
    /** As many decimals as `beside`, the largest score next to it, makes worth while. */
    score: (value: number | null, beside = value ?? 0) =>
      number({ maximumFractionDigits: Math.abs(beside) >= 100 ? 0 : Math.abs(beside) >= 10 ? 1 : 2 })(value),
    /** "3.2": a length of time in seconds. */
    seconds: number({ maximumSignificantDigits: 2 }),
    money: amount({}),
    /** As somebody stated it: with all its decimals, and the code of its currency, since others stand beside it. */
    statedMoney: (value: number, currency: string) =>
      number({ style: 'currency', currency, currencyDisplay: 'code', useGrouping: 'always' })(value),
    /** With its sign, zero without one. */
    signedMoney: amount({ signDisplay: 'exceptZero' }),
    /** For ticks of an axis: 1.5K rather than 1,500. */
    shortMoney: amount({ notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 }),
    /** p- and q-values; what rounds to nothing is below a thousandth. */
    probability: (value: number | null) => {
      if (value === null) return '–';
      if (value < 0.001) return `<${thousandths(0.001)}`;
      return value < 0.01 ? thousandths(value) : hundredths(value);
    },
    dateTime: (time: number) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(time),
    date: (day: string) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day)),
    /** `2026-03` as "Mar 2026". */
    month: (month: string) =>
      new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
        Date.parse(`${month}-01`),
      ),
    /** "12 Mar 2026" in the time zone of the report. */
    day: (time: number, timeZone: string) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }).format(time),
    /** "12 Mar" of UTC, for ticks of a short time. */
    dayOfMonth: (time: number) =>
      new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(time),
    /** "3.5 months"; all else is whole. */
    duration: (value: number | null, unit: 'minute' | 'hour' | 'day' | 'month') =>
      number({
        style: 'unit',
        unit,
        unitDisplay: 'long',
        maximumFractionDigits: unit === 'month' && Math.abs(value ?? 0) < 24 ? 1 : 0,
      })(value),
    /** "3.2 : 1" */
    ratio: (value: number | null) =>
      value === null
        ? '–'
        : `${number({ maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 1 })(value)} : 1`,
    /** "×1.25" */
    multiple: (value: number) => `×${hundredths(value)}`,
    wholePercent: number({ style: 'percent', maximumFractionDigits: 0 }),
    /**
     * A difference of mean log(1 + value) as the share by which 1 + value differs: 0.322 is "+38 %". Shares of ten times
     * and more are multiples. `beside` is the difference that decides on decimals.
     */
    share: (difference: number | null, beside = difference ?? 0) => {
      if (difference === null) return '–';
      const share = Math.expm1(difference);
      const multiple = number({ maximumFractionDigits: 0 })(Math.min(1 + share, MOST));
      if (share >= 9.995) return `${share < MOST ? '' : '>'}×${multiple}`;
      const maximumFractionDigits = Math.abs(Math.expm1(beside)) < 0.1 ? 1 : 0;
      return number({ style: 'percent', maximumFractionDigits, signDisplay: 'exceptZero' })(share);
    },
    signedPercent: number({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
    /** With so many decimals at most. */
    tenths: (value: number, decimals: 0 | 1) => number({ maximumFractionDigits: decimals })(value),
    /** A change of a coefficient. */
    signedThousandths: number({ maximumFractionDigits: 3, signDisplay: 'exceptZero' }),
    /** Errors and Gini coefficients of models beside each other: as many decimals in every row. */
    error: number({ minimumSignificantDigits: 4, maximumSignificantDigits: 4 }),
    gini: number({ minimumFractionDigits: 4, maximumFractionDigits: 4 }),
    /** Four figures that count, for parameters of any size. */
    significant: number({ maximumSignificantDigits: 4 }),
    /** "2 hours ago" */
    ago: (time: number, now = Date.now()) => {
      const seconds = (time - now) / 1000;
      const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
      const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
      return format.format(Math.round(seconds / length), unit);
    },
    /** The name of a content locale, such as "Italian"; its code where there is none. */
    languageName: (code: string) => {
      try {
        return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
      } catch {
        return code;
      }
    },
  };
}

export type Formats = ReturnType<typeof formats>;

/** The formats of the administrator's language. */
export function useFormats(): Formats {
  const { locale } = useIntl();
  return useMemo(() => formats(locale), [locale]);
}

/** `white-paper` as people read it: "White paper". */
export function kindName(kind: string): string {
  const words = kind.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
