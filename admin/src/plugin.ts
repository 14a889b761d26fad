import { useAuth } from '@strapi/strapi/admin';

export const PLUGIN_ID = 'clv';

const permission = (uid: string) => [{ action: `plugin::clv.${uid}`, subject: null }];

/** What each page and button asks of the administrator's role. */
export const PERMISSIONS = {
  read: permission('rankings.read'),
  run: permission('rankings.run'),
  value: permission('value.read'),
  fit: permission('value.run'),
  customers: permission('customers.read'),
  import: permission('data.import'),
  crm: permission('crm.read'),
  crmManage: permission('crm.manage'),
  activation: permission('activation.read'),
  segmentsManage: permission('segments.manage'),
  triggersManage: permission('triggers.manage'),
  experimentsManage: permission('experiments.manage'),
  settings: permission('settings.manage'),
};

/** The menu link shows for whoever may see at least one page. */
export const ANY_PAGE = [
  ...PERMISSIONS.read,
  ...PERMISSIONS.value,
  ...PERMISSIONS.customers,
  ...PERMISSIONS.import,
  ...PERMISSIONS.crm,
  ...PERMISSIONS.activation,
  ...PERMISSIONS.settings,
];

export type Capability = keyof typeof PERMISSIONS;

/**
 * What the administrator may do. Outside the admin's authentication (an old host that bundles it twice) that is
 * nothing, rather than an error that would take the page down.
 */
export function useAllowed(): Record<Capability, boolean> {
  const granted = useAuth('ContentValue', (auth) => auth.permissions) ?? [];
  const may = (capability: Capability) =>
    granted.some((one) => one.action === PERMISSIONS[capability][0]?.action);
  return {
    read: may('read'),
    run: may('run'),
    value: may('value'),
    fit: may('fit'),
    customers: may('customers'),
    import: may('import'),
    crm: may('crm'),
    crmManage: may('crmManage'),
    activation: may('activation'),
    segmentsManage: may('segmentsManage'),
    triggersManage: may('triggersManage'),
    experimentsManage: may('experimentsManage'),
    settings: may('settings'),
  };
}
