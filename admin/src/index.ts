import type { StrapiApp } from '@strapi/strapi/admin';
import { PluginIcon } from './components/PluginIcon';
import { ContentValuePanel } from './panel/ContentValuePanel';
import { ANY_PAGE, PERMISSIONS, PLUGIN_ID } from './plugin';

interface ContentManagerApis {
  addEditViewSidePanel?: (panels: unknown[]) => void;
}

interface HomePage {
  /** Older hosts have none. */
  widgets?: { register(widget: object): void };
}

/** News on Strapi's home page. Without an icon the whole admin would stay empty. */
function addWidget({ widgets }: HomePage): void {
  widgets?.register({
    id: 'news',
    pluginId: PLUGIN_ID,
    icon: PluginIcon,
    title: { id: 'clv.name', defaultMessage: 'Content value' },
    link: {
      label: { id: 'clv.widget.open', defaultMessage: 'Open the ranking' },
      href: `/plugins/${PLUGIN_ID}`,
    },
    permissions: PERMISSIONS.read,
    component: async () => (await import('./widget/HomeWidget')).HomeWidget,
  });
}

export default {
  register(app: StrapiApp) {
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: PluginIcon,
      intlLabel: { id: 'clv.name', defaultMessage: 'Content value' },
      permissions: ANY_PAGE,
      Component: () => import('./pages/App'),
      position: 4,
    });
    app.addSettingsLink(
      { id: PLUGIN_ID, intlLabel: { id: 'clv.name', defaultMessage: 'Content value' } },
      {
        id: `${PLUGIN_ID}-tracking`,
        to: PLUGIN_ID,
        intlLabel: { id: 'clv.settings.link', defaultMessage: 'Settings' },
        permissions: PERMISSIONS.settings,
        Component: () => import('./pages/Settings/StrapiSettings'),
      },
    );
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
    addWidget(app);
  },

  bootstrap(app: Pick<StrapiApp, 'getPlugin'>) {
    const apis = app.getPlugin('content-manager').apis as ContentManagerApis;
    apis.addEditViewSidePanel?.([ContentValuePanel]);
  },

  /** A language without translations falls back to English, which Strapi always asks for. */
  registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        try {
          const { default: data } = await import(`./translations/${locale}.json`);
          return { data, locale };
        } catch {
          return { data: {}, locale };
        }
      }),
    );
  },
};
