import { NavLink } from 'react-router-dom';
import { ViewNav } from '../../components/ViewNav';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { TRIGGERS } from './triggers-api';

/** The parts of the page; `dead` messages were given up on their way to webhooks. */
export function Views({ dead = 0 }: { dead?: number }) {
  const text = useText();
  const format = useFormats();
  return (
    <ViewNav aria-label={text('clv.nav.triggers')}>
      <NavLink to={TRIGGERS} end>
        {text('clv.nav.triggers')}
      </NavLink>
      <NavLink to={`${TRIGGERS}/log`}>{text('clv.triggers.log')}</NavLink>
      <NavLink to={`${TRIGGERS}/webhooks`}>
        {text('clv.triggers.webhooks')}
        {dead > 0 && <span title={text('clv.triggers.dead', { n: dead })}>{format.integer(dead)}</span>}
      </NavLink>
    </ViewNav>
  );
}
