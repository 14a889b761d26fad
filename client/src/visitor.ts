import { newId } from './ids';
import { options } from './options';

/** Sets the visitor's cookie, or with 0 seconds removes it. */
const write = (key: string, seconds: number): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and not in every browser
  document.cookie = `${options.cookie}=${key};path=/;max-age=${seconds};samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`;
};

const find = () => document.cookie.match(`(?:^| )${options.cookie}=([\\w-]+)`)?.[1];

/** The key of this browser's visitor, made now if there is none; `undefined` where cookies are blocked. */
export const ensureVisitor = (): string | undefined => {
  // 13 months, the longest that European authorities accept; so a visit does not prolong it.
  if (!find()) write(newId(), 395 * 24 * 3600);
  return find();
};

export const forgetVisitor = () => write('', 0);
