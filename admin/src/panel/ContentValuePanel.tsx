import { useQueryParams } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
import { api } from '../api';
import { useAllowed } from '../plugin';
import { useResource } from '../resource';
import { useText } from '../text';
import { PanelBoundary } from './PanelBoundary';
import { PanelContent } from './PanelContent';

interface PanelProps {
  model: string;
  documentId?: string;
  document?: { locale?: string | null };
}

interface LocaleQuery {
  plugins?: { i18n?: { locale?: string } };
}

const FRESH_MS = 60_000;

/** Which language of the entry is open; undefined while that is not known yet. */
function localeOf(query: LocaleQuery, document: PanelProps['document']): string | undefined {
  return query.plugins?.i18n?.locale ?? (document ? (document.locale ?? '') : undefined);
}

/**
 * What the ranking says of the entry that is open, beside its form. The Content Manager calls this as a hook, on the
 * list view as well; it gives null wherever there is nothing to say.
 */
export function ContentValuePanel({ model, documentId, document }: PanelProps): {
  title: string;
  content: ReactNode;
} | null {
  const text = useText();
  const { read } = useAllowed();
  const [{ query }] = useQueryParams<LocaleQuery>();
  const locale = localeOf(query, document);
  const asks = read && Boolean(documentId) && locale !== undefined;
  const { data, error } = useResource(
    asks ? `item ${model} ${documentId} ${locale}` : null,
    () => api.item(model, documentId ?? '', locale ?? ''),
    FRESH_MS,
  );
  if (!asks || error || !data?.tracked) return null;
  return {
    title: text('clv.name'),
    content: (
      <PanelBoundary>
        <PanelContent panel={data} />
      </PanelBoundary>
    ),
  };
}
