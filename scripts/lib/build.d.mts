export function newest(places: string[]): Promise<number>;
export function ensureBuilt(): Promise<void>;
