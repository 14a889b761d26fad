/** Which entries count: goes into the Strapi app. */
export const CONFIG_SNIPPET = `// config/plugins.js
module.exports = {
  clv: {
    enabled: true,
    config: {
      contentTypes: {
        'api::article.article': { kind: 'article', title: 'title' },
      },
    },
  },
};`;

/** Strapi's own address as pages see it. */
function strapiUrl(): string {
  const { backendURL } = (window as unknown as { strapi: { backendURL?: string } }).strapi;
  return new URL(backendURL || '/', window.location.origin).href.replace(/\/$/, '');
}

/** What a page of the site needs to count reads; the settings know it better, for whoever may see them. */
export function trackerSnippet(): string {
  return `<meta name="clv:content" content="<uid>/<documentId>/<locale>">
<script defer src="${strapiUrl()}/api/clv/tracker.js"></script>`;
}

/** Tells who a visitor is, once they log in or subscribe. */
export const IDENTIFY_SNIPPET = `// On your server, signed with clv.config.identity.secret
const token = jwt.sign({ sub: 'C-1024' }, process.env.CLV_IDENTITY_SECRET, { expiresIn: '10m' });

// In the page
window.clv.identify(token);`;

/** What a page asks for to show what is worth reading next. */
export const RECOMMENDATIONS_SNIPPET = `// In the page, for this visitor
const { data } = await fetch('/api/clv/recommendations?limit=3', { credentials: 'include' })
  .then((answer) => answer.json());`;
