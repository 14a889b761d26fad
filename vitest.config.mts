import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Strapi's shutdown removes the process's listeners, which a forked worker needs to talk to its parent.
    pool: 'threads',
    // Each Strapi takes a core; two at a time is what a small machine bears.
    maxWorkers: 2,
    include: ['tests/{unit,contract,integration,browser}/**/*.test.ts'],
    globalSetup: ['tests/support/bundle-plugin.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // On a busy machine a real browser or server is late now and then; a test that fails three times is broken.
    retry: process.env.CI ? 2 : 0,
    reporters: ['default'],
  },
});
