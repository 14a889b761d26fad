import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../../plugin';
import { ConnectionPage } from './connection';
import { EditPage } from './EditPage';
import { ListPage } from './ListPage';
import { Wizard } from './wizard';

/** Connections to CRMs: the list of them, a wizard that makes one, and a page for each. */
export default function CrmPages() {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path="new" element={manage(<Wizard />)} />
      <Route path=":id" element={<ConnectionPage />} />
      <Route path=":id/edit" element={manage(<EditPage />)} />
      <Route path="*" element={<Page.Error />} />
    </Routes>
  );
}

const manage = (page: JSX.Element) => <Page.Protect permissions={PERMISSIONS.crmManage}>{page}</Page.Protect>;
