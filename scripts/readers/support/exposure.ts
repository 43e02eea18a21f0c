import { isBrowserKey } from '../../services/browser-key.ts';
import type { ProgramText, Span } from './source.ts';

/** What runs while the artifact is built, and not with it. */
const BUILD_FILE =
  /(?:^|\/)(?:(?:next|nuxt|vite|webpack|rollup|astro|svelte|gatsby|vue|craco|rspack|rsbuild|metro|babel|tailwind|postcss|esbuild|tsup|remix|react-router|app)\.config(?:\.[\w-]{1,20})?\.[cm]?[jt]sx?|gatsby-node\.[cm]?[jt]s|build\.rs|config\/(?:config|dev|test|prod|staging)\.exs|mix\.exs)$/;
/** Reads that the compiler or bundler replaces by the value. */
const INLINED = /^(?:import\.meta\b|(?:std::)?(?:option_)?env!|Application\.compile_env)/;

/** Whether a read's value goes to browsers. Only what a bundler reads has such keys. */
export function isExposed(program: ProgramText, key: string): boolean {
  if (program.language !== 'javascript') return false;
  // Svelte and Astro know their own prefix by where it is read only.
  return isBrowserKey(key) && (!key.startsWith('PUBLIC_') || /import\.meta|\$env\/|astro:env/.test(program.text));
}

/** Whether a build fixes what is read: the running program does not see a change. */
export function isFixedByBuild(program: ProgramText, path: string, key: string, span: Span): boolean {
  if (BUILD_FILE.test(path) || isExposed(program, key)) return true;
  return INLINED.test(program.text.slice(span.start, span.start + 40)) || isStaticImport(program, span);
}

/** `import { KEY } from '$env/static/private'`. */
function isStaticImport(program: ProgramText, span: Span): boolean {
  const open = program.language === 'javascript' ? program.enclosing(span.start) : undefined;
  const close = open === undefined ? undefined : program.partner(open);
  return close !== undefined && /^\}\s*from\s*["']\$env\/static\//.test(program.text.slice(close, close + 60));
}
