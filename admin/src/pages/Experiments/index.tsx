import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../../plugin';
import { ExperimentPage } from './experiment';
import { EditPage } from './form/EditPage';
import { NewPage } from './form/NewPage';
import { ListPage } from './ListPage';

/** Experiments: the list of them, what came of each, and the form that plans one. */
export default function ExperimentsPages() {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path="new" element={manage(<NewPage />)} />
      <Route path=":id" element={<ExperimentPage />} />
      <Route path=":id/edit" element={manage(<EditPage />)} />
      <Route path="*" element={<Page.Error />} />
    </Routes>
  );
}

const manage = (page: JSX.Element) => (
  <Page.Protect permissions={PERMISSIONS.experimentsManage}>{page}</Page.Protect>
);
