import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDevelopment, missingPackages } from './dependencies.mjs';
import { LaunchError } from './launch-error.mjs';

const NPM = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false', '--prefer-offline'];
/** Without a network npm should say so soon. */
const SOON = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];
const WITHOUT_NETWORK =
  'connect once, or install the packaged skill (npm run package), which needs nothing, or follow resources/inspecting-by-hand.md';

/** Whether files can be made in a folder. Tried, because permissions alone do not tell (mounts, other users). */
export function isWritable(folder) {
  const probe = join(folder, `.parity-${process.pid}`);
  try {
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs what the lockfile of `root` names as `node_modules` of `folder`. It is made beside its place and renamed, so that an
 * installation that breaks off, or a second one at the same time, leaves nothing half done. Throws a LaunchError with the mend.
 */
export async function install(root, folder) {
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(folder, '.parity-install-'));
  process.stderr.write(`parity: installing the dependencies in ${folder}, once\n`);
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, name), join(staging, name));
    await runNpm([...NPM, ...SOON, ...(hasDevelopment(folder) ? [] : ['--omit=dev'])], staging);
    const place = join(folder, 'node_modules');
    try {
      if (existsSync(place)) renameSync(place, join(staging, 'old'));
      renameSync(join(staging, 'node_modules'), place);
    } catch (error) {
      // Another one was quicker.
      if (missingPackages(root, folder).length > 0) throw error;
    }
  } catch (error) {
    throw error instanceof LaunchError
      ? error
      : new LaunchError(`the dependencies cannot be installed (${error.code ?? error.message}); ${WITHOUT_NETWORK}`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Runs npm, its output held back unless it fails. A signal that ends this process ends npm first. */
function runNpm(args, cwd) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
      cwd,
      shell: windows,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    let signalled;
    const stop = (signal) => {
      signalled = signal;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, stop);
    child.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-20_000);
    });
    child.on('error', () => {
      settle(new LaunchError(`npm cannot be run, and the dependencies are not installed; ${WITHOUT_NETWORK}`));
    });
    child.on('close', (code) => {
      const [, why] = /npm error code (\w+)/.exec(said) ?? [];
      settle(
        code === 0
          ? undefined
          : new LaunchError(`npm ci failed (${why ?? `exit ${code ?? signalled}`}); ${WITHOUT_NETWORK}`),
      );
    });
    function settle(error) {
      for (const signal of signals) process.off(signal, stop);
      if (error) reject(error);
      else resolve();
      if (signalled) setImmediate(() => process.kill(process.pid, signalled));
    }
  });
}
