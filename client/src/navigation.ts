import { guarded } from './guard';

/** The content key that the page names in its head. */
export const namedContent = () =>
  document.querySelector<HTMLMetaElement>('meta[name="clv:content"]')?.content;

/**
 * Tells when a single-page app moves on: when the path changes, or the content key in the head does. Query and hash
 * do not count, because filters and anchors change them within one piece of content.
 */
export const watchNavigation = (moved: (content: string | undefined) => void): void => {
  const here = () => location.pathname + namedContent();
  let last = here();

  const look = guarded(() => {
    if (last === here()) return;
    last = here();
    moved(namedContent());
  });

  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      look();
    };
  }
  addEventListener('popstate', look);
  new MutationObserver(look).observe(document.head, {
    childList: true,
    subtree: true,
    attributes: true,
  });
};
