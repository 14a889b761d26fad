import { styled } from 'styled-components';
import type { TrackingStatus } from '../../../../server/src/tracking/api-types';
import { FactList } from '../../components/FactList';
import { useText } from '../../text';

/** What the configuration says, each line with what it means for a visitor. */
export function Facts({ status }: { status: TrackingStatus }) {
  const text = useText();
  const onOff = (on: boolean) => text(on ? 'clv.fact.on' : 'clv.fact.off');
  const facts: [name: string, value: string, meaning: string][] = [
    [
      text('clv.fact.consent'),
      text(status.consentMode === 'required' ? 'clv.fact.consent.required' : 'clv.fact.consent.assumed'),
      text(
        status.consentMode === 'required'
          ? 'clv.fact.consent.required.what'
          : 'clv.fact.consent.assumed.what',
      ),
    ],
    [
      text('clv.fact.gpc'),
      onOff(status.respectGpc),
      text(status.respectGpc ? 'clv.fact.gpc.on' : 'clv.fact.gpc.off'),
    ],
    [
      text('clv.fact.dnt'),
      onOff(status.respectDnt),
      text(status.respectDnt ? 'clv.fact.dnt.on' : 'clv.fact.dnt.off'),
    ],
    [
      text('clv.fact.hook'),
      onOff(status.readHook),
      text(status.readHook ? 'clv.fact.hook.on' : 'clv.fact.hook.off'),
    ],
    [
      text('clv.fact.origins'),
      status.origins.length > 0 ? status.origins.join(', ') : text('clv.fact.origins.own'),
      text('clv.fact.origins.what'),
    ],
  ];
  return (
    <List>
      {facts.map(([name, value, meaning]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b>
            <p>{meaning}</p>
          </dd>
        </div>
      ))}
    </List>
  );
}

const List = styled(FactList)`
  dd {
    color: ${({ theme }) => theme.colors.neutral600};
  }

  b {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
