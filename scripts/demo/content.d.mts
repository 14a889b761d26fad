import type { Core } from '@strapi/strapi';

export interface DemoItem {
  key: string;
  kind: 'article' | 'white-paper';
  documentId: string;
  locale: string;
  content: string;
}
export function seedContent(strapi: Core.Strapi): Promise<DemoItem[]>;
