/**
 * A copy of a short text that was cut out of a long one. V8 keeps the whole of the long one (a header of 16 kB, say) for
 * as long as the part lives; so what is kept beyond the request has to be copied. Takes the 8-bit letters of headers.
 */
export function detached(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
