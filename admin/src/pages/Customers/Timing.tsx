import { Typography } from '@strapi/design-system';
import type { CustomerDetail } from '../../../../server/src/clv/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';

type Timing = CustomerDetail['timing'];

/** 5 January 2026 was a Monday. */
const at = (weekday: number, hour: number) => Date.UTC(2026, 0, 4 + weekday, hour);

/** When this person mostly reads and buys, in one line; nothing where too little is known. */
export function Timing({ timing }: { timing: Timing }) {
  const text = useText();
  const { language } = useFormats();
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });

  function line(advice: Timing['reads'], what: 'clv.triggers.timing.reads' | 'clv.triggers.timing.buys') {
    if (!advice || advice.weekday === null || advice.hour === null) return null;
    const { weekday, hour, n } = advice;
    const [from, until] = [at(weekday, hour), at(weekday, hour + 3)];
    return text(what, { weekday: day.format(from), from: clock.format(from), until: clock.format(until), n });
  }
  const lines = [
    line(timing.reads, 'clv.triggers.timing.reads'),
    line(timing.buys, 'clv.triggers.timing.buys'),
  ].filter((each) => each !== null);
  if (lines.length === 0) return null;
  return (
    <Typography tag="p" textColor="neutral600" paddingTop={1}>
      {lines.join(' · ')}
    </Typography>
  );
}
