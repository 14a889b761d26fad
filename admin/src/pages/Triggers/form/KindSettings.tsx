import { styled } from 'styled-components';
import { tierName } from '../../../components/tier-words';
import { kindName } from '../../../format';
import { useResource } from '../../../resource';
import { type MessageId, useText } from '../../../text';
import { ContentPicker } from '../../Segments/builder/ContentPicker';
import { FaultText } from '../../Segments/builder/FaultText';
import { NumberField } from '../../Segments/builder/NumberField';
import { Pills } from '../../Segments/builder/Pills';
import { segments } from '../../Segments/segments-api';
import type { Setting } from '../kinds';
import type { FormPart } from './parts';

const THRESHOLD = {
  'churn-risk': 'clv.triggers.threshold.churn',
  promising: 'clv.triggers.threshold.promising',
} satisfies Record<string, MessageId>;

/** The settings of one kind, and no others. */
export function KindSettings({
  draft,
  change,
  list,
  wrong,
  tried,
  settings,
}: FormPart & { settings: Setting[] }) {
  const text = useText();
  const tiers = list.tiers.map((tier) => ({ value: tier, name: tierName(tier, text) }));
  const has = (setting: Setting) => settings.includes(setting);
  return (
    <Parts>
      {has('tiers') && (
        <div>
          <p aria-hidden>{text('clv.triggers.tiers')}</p>
          <Pills
            label={text('clv.triggers.tiers')}
            choices={tiers}
            chosen={draft.tiers}
            error={null}
            onChange={(next) => change({ tiers: next })}
          />
          <small>{text('clv.triggers.tiers.what')}</small>
        </div>
      )}
      {has('threshold') && (
        <NumberField
          label={text(draft.kind === 'promising' ? THRESHOLD.promising : THRESHOLD['churn-risk'])}
          unit="%"
          value={draft.threshold}
          error={wrong.threshold ? text(wrong.threshold) : null}
          onChange={(threshold) => change({ threshold })}
        />
      )}
      {has('daysBefore') && (
        <NumberField
          label={text(
            draft.kind === 'renewal-near' ? 'clv.triggers.days.renewal' : 'clv.triggers.days.order',
          )}
          unit={text('clv.segments.unit.days')}
          value={draft.daysBefore}
          error={wrong.daysBefore ? text(wrong.daysBefore) : null}
          onChange={(daysBefore) => change({ daysBefore })}
        />
      )}
      {has('content') && <Content {...{ draft, change, list, wrong, tried }} />}
      {has('readerTiers') && (
        <div>
          <p aria-hidden>{text('clv.triggers.readers')}</p>
          <Pills
            label={text('clv.triggers.readers')}
            choices={tiers}
            chosen={draft.readerTiers}
            error={null}
            onChange={(next) => change({ readerTiers: next })}
          />
          <small>{text('clv.triggers.readers.what')}</small>
        </div>
      )}
    </Parts>
  );
}

function Content({ draft, change, wrong, tried }: FormPart) {
  const text = useText();
  const { data } = useResource('segment options', segments.options);
  const kinds = [...new Set([...(data?.kinds ?? []), ...draft.kinds])];
  const missing = tried && wrong.contents !== undefined;
  return (
    <>
      <div data-wrong={missing}>
        <p aria-hidden>{text('clv.segments.content.items')}</p>
        <ContentPicker chosen={draft.contents} onChange={(contents) => change({ contents })} />
        {missing && <FaultText id="trigger-contents">{text('clv.triggers.wrong.content')}</FaultText>}
      </div>
      {kinds.length > 0 && (
        <div>
          <p aria-hidden>{text('clv.segments.content.kinds')}</p>
          <Pills
            label={text('clv.segments.content.kinds')}
            choices={kinds.map((kind) => ({ value: kind, name: kindName(kind) }))}
            chosen={draft.kinds}
            error={null}
            onChange={(next) => change({ kinds: next })}
          />
        </div>
      )}
    </>
  );
}

const Parts = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.6rem;
  padding: 1.6rem;
  border-radius: 6px;
  background: ${({ theme }) => theme.colors.neutral100};

  > div > p:first-child {
    margin: 0 0 0.6rem;
    font-size: 1.3rem;
    line-height: 1.8rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    display: block;
    padding-top: 0.4rem;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
