/** The parts of an item's key `<uid>/<documentId>[/<locale>]`. */
export function partsOfKey(key: string): { uid: string; documentId: string; locale: string } {
  const [uid = '', documentId = '', locale = ''] = key.split('/');
  return { uid, documentId, locale };
}
