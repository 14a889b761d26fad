/** Gives the months between two moments in one time zone; see `monthsIn`. */
export type Months = (from: number, to: number) => number;

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * Counts months as a bill would: whole calendar months between the two local days, and the days left over as a
 * fraction of the month they begin in. From 15 January to 1 March it is 1 month and 14/28. A month that lacks the
 * day (31 January to 28 February) is whole on its last day. Nothing when `to` is not after `from`.
 */
export function monthsIn(timezone: string): Months {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const localDay = (time: number) => format.format(time).split('-').map(Number) as [number, number, number];

  return (from, to) => {
    if (to <= from) return 0;
    const [startYear, startMonth, startDay] = localDay(from);
    const [endYear, endMonth, endDay] = localDay(to);
    const dayIn = (index: number) => {
      const year = Math.floor(index / 12);
      return Math.min(startDay, daysInMonth(year, (index % 12) + 1));
    };
    const start = startYear * 12 + startMonth - 1;
    const end = endYear * 12 + endMonth - 1;
    // The anniversary is the last day that a whole number of months ends on.
    const anniversary = endDay >= dayIn(end) ? end : end - 1;
    const length = daysInMonth(Math.floor(anniversary / 12), (anniversary % 12) + 1);
    const left = anniversary === end ? endDay - dayIn(end) : length - dayIn(anniversary) + endDay;
    return anniversary - start + left / length;
  };
}
