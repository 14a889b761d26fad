let arrived = '';

/** Takes note of where this page load came from: `utm_source/utm_medium`, else the host of another site that linked here. */
export const noteArrival = (): void => {
  const query = new URLSearchParams(location.search);
  const named = [query.get('utm_source'), query.get('utm_medium')].filter(Boolean).join('/');
  const from = document.referrer.match(/\/\/(www\.)?([^/]+)/)?.[2] ?? '';
  // At most 64 characters, not bytes, and nothing that a database may refuse.
  arrived = (named || (location.host.endsWith(from) ? '' : from)).match(/^\P{Cc}{0,64}/u)![0];
};

/** The first arrival of the session, for all its pages; `undefined` when the visitor came directly. */
export const sessionChannel = (): string | undefined => {
  sessionStorage.clv_channel ??= arrived;
  return sessionStorage.clv_channel || undefined;
};
