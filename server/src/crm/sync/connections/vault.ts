import type { Strapi } from '../../../room';
import { ConnectorError } from '../../connector-error';

/** Keeps texts encrypted by Strapi's own service (AES-256-GCM). */
export interface Vault {
  /** @throws ConnectorError config when the app has no key */
  seal(text: string): string;
  /** @throws ConnectorError config when the app has no key, or another than the one it was sealed with */
  open(sealed: string): string;
}

interface Encryption {
  encrypt(text: string): string | null;
  /** Throws when it was never encrypted at all. */
  decrypt(sealed: string): string | null;
}

export function vaultOf(strapi: Strapi): Vault {
  const encryption = () => strapi.service('admin::encryption') as unknown as Encryption;

  function decrypted(sealed: string): string | null {
    try {
      return encryption().decrypt(sealed);
    } catch {
      // Its words quote what was stored.
      return null;
    }
  }

  return {
    seal(text) {
      const sealed = encryption().encrypt(text);
      if (sealed !== null) return sealed;
      throw new ConnectorError(
        'config',
        'Credentials cannot be kept: this app has no encryption key. Set admin.secrets.encryptionKey in config/admin and start the app again.',
      );
    },
    open(sealed) {
      const text = decrypted(sealed);
      if (text !== null) return text;
      throw new ConnectorError(
        'config',
        'The credentials cannot be read: they were encrypted with another admin.secrets.encryptionKey than config/admin has now. Put that one back, or enter the credentials again.',
      );
    },
  };
}
