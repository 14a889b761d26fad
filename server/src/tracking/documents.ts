import type { Strapi } from '../room';

type Middleware = Parameters<Strapi['documents']['use']>[0];

/**
 * Adds a middleware to the document service.
 *
 * @returns the function that removes it, which Strapi gives though its types do not say so
 */
export function watchDocuments(strapi: Strapi, middleware: Middleware): () => void {
  return strapi.documents.use(middleware) as unknown as () => void;
}
