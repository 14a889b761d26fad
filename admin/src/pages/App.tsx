import { Page } from '@strapi/strapi/admin';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { type Capability, PERMISSIONS, useAllowed } from '../plugin';
import { RankingsPage } from './Rankings';

const ItemPage = lazy(() => import('./Item'));
const GroupsPage = lazy(() => import('./Groups'));
const ComparePage = lazy(() => import('./Compare'));
const ReportPage = lazy(() => import('./Report'));
const JourneysPage = lazy(() => import('./Journeys'));
const AdvicePage = lazy(() => import('./Advice'));
const AttributionPage = lazy(() => import('./Attribution'));
const ValuePage = lazy(() => import('./Value'));
const ModelPage = lazy(() => import('./Model'));
const CustomersPage = lazy(() => import('./Customers'));
const CustomerPage = lazy(() => import('./Customers/CustomerPage'));
const SegmentsPage = lazy(() => import('./Segments'));
const TriggersPage = lazy(() => import('./Triggers'));
const ExperimentsPage = lazy(() => import('./Experiments'));
const ImportPage = lazy(() => import('./Import'));
const CrmPage = lazy(() => import('./Crm'));
const SettingsPage = lazy(() => import('./Settings'));
const StartPage = lazy(() => import('./Start'));

/** The pages below `/plugins/clv`. Whoever may not see the rankings lands on the first page that is theirs. */
export default function App() {
  const allowed = useAllowed();
  const fallback: [Capability, string][] = [
    ['value', 'value'],
    ['customers', 'customers'],
    ['activation', 'segments'],
    ['import', 'import'],
    ['crm', 'crm'],
    ['settings', 'settings'],
  ];
  const elsewhere = allowed.read ? undefined : fallback.find(([capability]) => allowed[capability]);

  const start = elsewhere ? <Navigate to={elsewhere[1]} replace /> : guard('read', <RankingsPage />);
  return (
    <Suspense fallback={<Page.Loading />}>
      <Routes>
        <Route index element={start} />
        <Route path="rankings/item/:contentId" element={guard('read', <ItemPage />)} />
        <Route path="rankings/groups" element={guard('read', <GroupsPage />)} />
        <Route path="rankings/compare" element={guard('read', <ComparePage />)} />
        <Route path="rankings/report" element={guard('read', <ReportPage />)} />
        <Route path="advice" element={guard('read', <AdvicePage />)} />
        <Route path="journeys" element={guard('read', <JourneysPage />)} />
        <Route path="attribution" element={guard('read', <AttributionPage />)} />
        <Route path="value" element={guard('value', <ValuePage />)} />
        <Route path="model" element={guard('value', <ModelPage />)} />
        <Route path="customers" element={guard('customers', <CustomersPage />)} />
        <Route path="customers/:personId" element={guard('customers', <CustomerPage />)} />
        <Route path="segments/*" element={guard('activation', <SegmentsPage />)} />
        <Route path="triggers/*" element={guard('activation', <TriggersPage />)} />
        <Route path="experiments/*" element={guard('activation', <ExperimentsPage />)} />
        <Route path="import" element={guard('import', <ImportPage />)} />
        <Route path="crm/*" element={guard('crm', <CrmPage />)} />
        <Route path="settings" element={guard(['settings', 'value'], <SettingsPage />)} />
        <Route path="start" element={<StartPage />} />
        <Route path="*" element={<Page.Error />} />
      </Routes>
    </Suspense>
  );
}

/** For whoever may do one of these. */
const guard = (capabilities: Capability | Capability[], page: JSX.Element) => (
  <Page.Protect permissions={[capabilities].flat().flatMap((capability) => PERMISSIONS[capability])}>
    {page}
  </Page.Protect>
);
