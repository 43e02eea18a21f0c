import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Fixtures are whole repositories with tests of their own, which never run.
    exclude: [...configDefaults.exclude, 'test/fixtures/**'],
    // Tests run the real commands, some of them several; a busy machine needs its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
