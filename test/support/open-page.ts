import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where the systems in use keep a Chromium; `CHROME_PATH` names any other. */
const PLACES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** A headless Chromium. Throws with the mend where the machine has none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!executablePath) {
    throw new Error('no Chromium found: install one (Debian: apt-get install chromium) or name it in CHROME_PATH');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface OpenPage {
  page: Page;
  /** Console errors, uncaught exceptions and requests to anywhere, as they happen. */
  troubles: string[];
}

/** A file in a new tab. */
export async function openPage(
  browser: Browser,
  file: string,
  options: { width?: number; height?: number; dark?: boolean; fragment?: string } = {},
): Promise<OpenPage> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) troubles.push(`request to ${request.url()}`);
  });
  await page.goto(`${pathToFileURL(file).href}${options.fragment ?? ''}`);
  return { page, troubles };
}
