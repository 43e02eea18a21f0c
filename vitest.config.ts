import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Fixtures are whole repositories with tests of their own, which never run.
    exclude: [...configDefaults.exclude, 'test/fixtures/**'],
    // The files share what they import in each worker: to load it anew for each of them took longer than most of them. No test mocks a
    // module or leaves its process with another folder or environment.
    isolate: false,
    // Tests run the real commands, some of them several; a busy machine needs its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
