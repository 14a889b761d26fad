/**
 * Text as titles are searched and ordered: in small letters, and each accented letter one sign however it was typed.
 * Not left to the databases: SQLite knows small letters in ASCII only.
 */
export const searchable = (text: string): string => text.normalize('NFC').toLowerCase();
