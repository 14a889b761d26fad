import type { TrackerOptions } from './options';
import { listenToPage, startTracker, tracker } from './tracker';

/*
 * <script defer src="https://cms.example.com/api/clv/tracker.js" data-consent="required"></script>
 * and, where there is content, data-content="<key>" or <meta name="clv:content" content="<key>">.
 */
const tag = document.currentScript as HTMLScriptElement | null;
if (tag && !window.clv) {
  window.clv = tracker;
  listenToPage();
  // Loaded from an alias, the script sends to the alias.
  const endpoint = tag.src.split(/\/tracker\.js|\?/)[0];
  startTracker({ endpoint, ...(tag.dataset as Partial<TrackerOptions>) });
}
