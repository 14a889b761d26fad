export function bundleWorker(outDir: string): Promise<unknown>;
export function bundleCli(outDir: string): Promise<unknown>;
export function bundleTracker(outDir: string): Promise<unknown>;
export function bundleClient(outDir: string): Promise<void>;
export function bundleModels(outDir: string): Promise<void>;
/** Bundles server, worker, command line and tracker from the sources into `outDir`; returns it. */
export function bundleForTests(outDir: string): Promise<string>;
