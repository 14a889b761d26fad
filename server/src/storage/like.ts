/** Text in which the wildcards of LIKE are ordinary signs, for `LIKE ? ESCAPE '!'`: `!` escapes in all three databases. */
export const literally = (text: string): string => text.replace(/[!%_]/g, '!$&');
