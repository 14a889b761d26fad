import { Flex, Typography } from '@strapi/design-system';
import type { SnapshotHead } from '../../../../server/src/ranking/api-types';
import { FalsificationNote } from '../../components/FalsificationNote';
import { Note } from '../../components/Note';
import { useFormats } from '../../format';
import { useText } from '../../text';

/** What the verdicts rest on: the typical piece, the assumption behind it, and how the ranking stood its own checks. */
export function Basis({ snapshot }: { snapshot: SnapshotHead }) {
  const text = useText();
  const format = useFormats();
  const { report, accounts, leftOut = 0, sliceOf } = snapshot;
  const { typical, comparable, itemsNeeded, falsification } = report;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {falsification && (
        // Another ranking opens its checks anew.
        <FalsificationNote key={snapshot.id} falsification={falsification} />
      )}
      {!typical && snapshot.items > 0 && (
        <Note tone="info" title={text('clv.no-typical')}>
          {text('clv.reason.no-typical', { n: comparable, needed: itemsNeeded })}
        </Note>
      )}
      <Typography tag="p" variant="pi" textColor="neutral600">
        {typical &&
          text('clv.basis.typical', {
            n: comparable,
            ordinary: format.wholePercent(typical.ordinary),
            spread: format.share(typical.spread),
          })}{' '}
        {text('clv.association')}
        {sliceOf !== '' && leftOut > 0 && <> {text('clv.basis.left-out', { n: leftOut })}</>}
        {accounts && (
          <> {text('clv.basis.accounts', { n: accounts.persons, without: accounts.withoutCompany })}</>
        )}
      </Typography>
    </Flex>
  );
}
