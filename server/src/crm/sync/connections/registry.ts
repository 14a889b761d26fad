import type { Strapi } from '../../../room';
import { ConnectorError } from '../../connector-error';
import { type AnyKind, BUILT_IN } from '../../connectors';
import type { KindInfo } from '../api-types';
import { redirectUrlOf } from './consent';

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

export type ConnectorsService = ReturnType<typeof connectorsService>;

/** The kinds of CRM that can be connected. */
export function connectorsService({ strapi }: { strapi: Strapi }) {
  const kinds = new Map<string, AnyKind>();

  function register(kind: AnyKind): void {
    if (!NAME.test(kind.kind)) {
      throw new Error(`"${kind.kind}" is no kind of CRM: use at most 32 small letters, digits and dashes.`);
    }
    if (kinds.has(kind.kind)) {
      throw new Error(
        `A connector of the kind "${kind.kind}" is registered already; give yours another name.`,
      );
    }
    kinds.set(kind.kind, kind);
  }
  for (const kind of BUILT_IN) register(kind);

  return {
    /** What a connector throws, so that everybody knows what is to be done about it. */
    ConnectorError,

    /**
     * Adds a kind of your own, in `register()` or `bootstrap()` of the app:
     * `strapi.plugin('clv').service('connectors').register(kind)`.
     *
     * @throws Error when its name cannot be used
     */
    register,

    /** @throws ConnectorError config when nobody registered it */
    get(name: string): AnyKind {
      const kind = kinds.get(name);
      if (kind) return kind;
      throw new ConnectorError(
        'config',
        `There is no connector of the kind "${name}". The app registers its own ones in its code (service "connectors" of the plugin clv).`,
      );
    },

    find: (name: string): AnyKind | undefined => kinds.get(name),

    kinds: (): KindInfo[] =>
      [...kinds.values()].map(({ kind, title, form, oauth }) => ({
        kind,
        title,
        form,
        oauth: oauth !== undefined,
        ...(oauth && { redirectUrl: redirectUrlOf(strapi) }),
      })),
  };
}
