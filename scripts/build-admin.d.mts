/** Makes sure that `playground/build` is the admin of these sources; returns whether it had to build. */
export function ensureAdminBuild(log?: (line: string) => void): Promise<boolean>;
