import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../../plugin';
import { EditPage, NewPage } from './builder';
import { ListPage } from './ListPage';
import { SegmentPage } from './segment';

/** Groups of people to act on: the list of them, a builder, and a page for each. */
export default function SegmentPages() {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path="new" element={manage(<NewPage />)} />
      <Route path=":id" element={<SegmentPage />} />
      <Route path=":id/edit" element={manage(<EditPage />)} />
      <Route path="*" element={<Page.Error />} />
    </Routes>
  );
}

const manage = (page: JSX.Element) => (
  <Page.Protect permissions={PERMISSIONS.segmentsManage}>{page}</Page.Protect>
);
