import { Typography } from '@strapi/design-system';
import type { ItemJourneys, JourneysReport } from '../../../../server/src/ranking/journeys/api-types';
import { Rows } from '../../components/charts/Rows';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';

const ROLES: [keyof ItemJourneys['roles'], MessageId][] = [
  ['entry', 'clv.journeys.role.entry'],
  ['middle', 'clv.journeys.role.middle'],
  ['closing', 'clv.journeys.role.closing'],
  ['only', 'clv.journeys.role.only'],
];

/** Where an item stands in the journeys of customers. */
export function ItemRoles({ item, report }: { item: ItemJourneys; report: Pick<JourneysReport, 'needed'> }) {
  const text = useText();
  const format = useFormats();
  const { roles, ordered } = item;
  const title = text('clv.journeys.item.roles', { n: ordered });
  return (
    <div>
      <Typography tag="h4" variant="sigma" textColor="neutral600" paddingBottom={2}>
        {title}
      </Typography>
      {ordered < report.needed ? (
        <Typography tag="p" textColor="neutral700" paddingTop={2}>
          {text('clv.not-enough.customers', { has: ordered, needs: report.needed })}
        </Typography>
      ) : (
        <Rows
          label={title}
          mark="bar"
          rows={ROLES.map(([role, name]) => ({
            key: role,
            name: text(name),
            value: roles[role],
            figure: format.percent(roles[role] / ordered),
            interval: format.integer(roles[role]),
            color: 'third' as const,
          }))}
        />
      )}
    </div>
  );
}
