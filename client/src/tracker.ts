import { noteArrival, sessionChannel } from './channel';
import { forbidden } from './consent';
import { guarded } from './guard';
import { newId } from './ids';
import { namedContent, watchNavigation } from './navigation';
import { configure, type TrackerOptions } from './options';
import type { CollectEvent } from './protocol';
import { countAttention, measureDepth, restartReading, takeIncrement } from './reading';
import { deliver, flush, forgetSession, leave, resume, send } from './sender';
import { ensureVisitor, forgetVisitor } from './visitor';

export interface Tracker {
  /** Begins a view of this content; without a key the current view ends. The same key again changes nothing. */
  page(content?: string | null): void;
  /** Counts a download of this content. Links to the plugin's own download route are counted by the server. */
  download(content: string): void;
  /**
   * Keeps the visitor's choice and tells the server. A denial removes the cookie and all that was not sent yet.
   * Resolves to whether the server took it.
   */
  consent(state: 'granted' | 'denied'): Promise<boolean | undefined>;
  /** Says who the visitor is, by a signed token. Resolves to whether the server took it. */
  identify(token: string): Promise<boolean | undefined>;
  /** Begins a new visitor, as after a logout; the current view ends. */
  reset(): void;
  /** Sends what waits; resolves when it was answered, or for now could not be delivered. */
  flush(): Promise<void>;
  /** The visitor's key, to send as `x-clv-visitor` with requests to another origin; `undefined` without consent. */
  visitor(): string | undefined;
  /** Ends the view and all tracking. */
  stop(): void;
}

declare global {
  interface Window {
    /** The tracker of this page. */
    clv?: Tracker;
  }
}

let running = false;
/** TypeScript does not know prerendering yet. */
type Prerenderable = Document & { prerendering?: boolean };

/** What the page shows. */
let shown: string | null | undefined;
/** What of it is being tracked, which needs consent. */
let viewed: typeof shown;

const visitor = () => (!running || forbidden() ? undefined : ensureVisitor());

const track = (kind: CollectEvent['kind'], content: string, more?: Partial<CollectEvent>) => {
  const key = visitor();
  if (key) send(key, { id: newId(), kind, content, at: Date.now(), channel: sessionChannel(), ...more });
};
const tellReading = () => {
  const increment = viewed && takeIncrement();
  if (increment) track('read', viewed!, increment);
};
const open = () => {
  if (!visitor()) return;
  // The first page of a session says where it came from, also one without content.
  sessionChannel();
  if (!shown || viewed) return;
  viewed = shown;
  restartReading();
  track('view', shown);
};
const page = (content?: string | null) => {
  if (content && content === viewed) return;
  tellReading();
  viewed = undefined;
  shown = content;
  open();
};
const look = () => {
  measureDepth();
  tellReading();
};
/** Tells the server something about this visitor, unless there is none. */
const tell = async (path: string, visitor: string | undefined, more: object) => {
  const answer = await deliver(path, () => visitor && { visitor, ...more });
  return answer?.ok;
};

// Captured at the window, events of the document and of scrolling parts of it are seen too.
const listen = (run: (event: Event) => void, ...types: string[]) => {
  for (const type of types) addEventListener(type, guarded(run), true);
};

const start = () => {
  running = true;
  if (forbidden()) forgetSession();
  else resume();
  open();
};

/** An asynchronous method: it never rejects. */
const eventually =
  <A, R>(run: (arg: A) => Promise<R>) =>
  async (arg: A) =>
    guarded(run)(arg);

export const tracker: Tracker = {
  page: guarded(page),
  visitor: guarded(visitor),
  download: guarded((content) => track('download', content)),
  flush,
  consent: eventually((state) => {
    const key = visitor();
    localStorage.clv_consent = state;
    if (state === 'denied') {
      viewed = undefined;
      forgetSession();
      forgetVisitor();
    }
    open();
    return tell('/consent', key ?? visitor(), { state });
  }),
  identify: eventually((token) => {
    const key = visitor();
    return flush().then(() => tell('/identify', key, { token }));
  }),
  reset: guarded(() => {
    page();
    flush();
    forgetVisitor();
    visitor();
  }),
  stop: guarded(() => {
    page();
    flush();
    running = false;
  }),
};

/** Begins to track this page; a page that is being prerendered, when it is shown. */
export const startTracker = guarded((options: TrackerOptions) => {
  configure(options);
  noteArrival();
  shown = options.content ?? namedContent();
  if (!(document as Prerenderable).prerendering) start();
});

/** Listens to what happens to the page. To be called once. */
export const listenToPage = guarded(() => {
  listen(
    () => {
      look();
      leave();
    },
    'visibilitychange',
    'pagehide',
  );
  listen(countAttention, 'focus', 'blur');
  listen(measureDepth, 'scroll', 'resize');
  listen(({ target }) => {
    // The server counts those of its own download route.
    const link = (target as Element).closest<HTMLElement>(
      'a[data-clv-download]:not([href*="/clv/download/"])',
    );
    if (link) track('download', link.dataset.clvDownload!);
  }, 'click');
  listen(start, 'prerenderingchange');
  setInterval(guarded(look), 30_000);
  watchNavigation(page);
});
