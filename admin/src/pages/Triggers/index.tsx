import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../../plugin';
import { EditPage, NewPage } from './form';
import { ListPage } from './ListPage';
import { LogPage } from './log';
import { WebhooksPage } from './webhooks';

/** Messages at moments that matter: the triggers, what they sent, and the programs that take it. */
export default function TriggerPages() {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path="log" element={<LogPage />} />
      <Route path="webhooks" element={<WebhooksPage />} />
      <Route path="new" element={manage(<NewPage />)} />
      <Route path=":id" element={<EditPage />} />
      <Route path="*" element={<Page.Error />} />
    </Routes>
  );
}

const manage = (page: JSX.Element) => (
  <Page.Protect permissions={PERMISSIONS.triggersManage}>{page}</Page.Protect>
);
