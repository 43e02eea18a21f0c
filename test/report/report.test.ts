import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Inspection } from '../../scripts/model.ts';
import { runScript } from '../support/command.ts';
import { fixture } from '../support/facts-of.ts';
import { openBrowser, openPage } from '../support/open-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'report-test-'));
const inspection = inspectRepository(fixture('demo-app'));
let browser: Browser;

/** A report made by the command from an inspection. */
function reportOf(subject: Inspection, name: string, ...more: string[]): string {
  const input = join(scratch, `${name}.json`);
  const output = join(scratch, `${name}.html`);
  writeFileSync(input, JSON.stringify(subject));
  const { code, err } = runScript('report', '--inspection', input, '--output', output, ...more);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return output;
}

beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

describe('the page of an inspection', () => {
  let file: string;
  beforeAll(() => {
    file = reportOf(inspection, 'demo');
  }, 60_000);

  test('shows every difference with both sides, every question, and the environments; nothing is loaded, nothing fails', async () => {
    const { page, troubles } = await openPage(browser, file);
    expect(await page.locator('article.drift').count()).toBe(inspection.drift.length);
    expect(await page.locator('article.question').count()).toBe(inspection.questions.length);
    expect(await page.locator('.environments dt').count()).toBe(inspection.environments.length);
    for (const [index, drift] of inspection.drift.entries()) {
      const article = page.locator('article.drift').nth(index);
      expect(await article.locator('h3').innerText()).toContain(drift.title);
      const text = await article.innerText();
      for (const { evidence } of drift.sides.slice(0, 3)) expect(text).toContain(`${evidence.path}:${evidence.line}`);
    }
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('the matrix has a column an environment, production first, with value, layer and line', async () => {
    const { page } = await openPage(browser, file);
    const heads = await page.locator('section.surface').first().locator('thead th').allInnerTexts();
    expect(heads.slice(1)).toHaveLength(inspection.environments.length);
    expect(inspection.environments.find((each) => each.name === heads[1])?.class).toBe('production');
    const row = page.locator('#row-services-postgresql-version');
    const text = await row.innerText();
    expect(text).toContain('k8s/production/postgres.yaml');
    await page.close();
  });

  test('filters by severity, environment and words, counts what is left, and keeps the filter in the address', async () => {
    const { page } = await openPage(browser, file);
    await page.selectOption('select[name=severity]', 'high');
    const high = inspection.drift.filter((each) => each.severity === 'high').length;
    expect(await page.locator('article.drift:visible').count()).toBe(high);
    expect(await page.locator('#shown').innerText()).toContain(`${high} of ${inspection.drift.length} differences`);
    expect(page.url()).toContain('#severity=high');
    await page.reload();
    expect(await page.locator('article.drift:visible').count()).toBe(high);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('article.drift:visible').count()).toBe(inspection.drift.length);
    const [first] = inspection.drift;
    await page.keyboard.press('/');
    await page.keyboard.type(first?.title.slice(0, 20) ?? '');
    expect(await page.locator('article.drift:visible').first().innerText()).toContain(first?.title ?? 'none');
    await page.fill('#search', 'no such text anywhere');
    expect(await page.locator('article.drift:visible').count()).toBe(0);
    await page.close();
  });

  test('a link to a difference opens it, filtered out or not; j goes to the next', async () => {
    const target = await (async () => {
      const { page } = await openPage(browser, file);
      const id = await page.locator('article.drift').nth(1).getAttribute('id');
      await page.close();
      return id ?? '';
    })();
    const { page } = await openPage(browser, file, { fragment: `#${target}` });
    expect(await page.evaluate('document.activeElement?.id')).toBe(target);
    await page.selectOption('select[name=severity]', 'low');
    await page.evaluate(`location.hash = ${JSON.stringify(target)}`);
    await expect.poll(() => page.locator(`#${target}`).isVisible()).toBe(true);
    await page.locator(`#${target}`).focus();
    await page.keyboard.press('j');
    const third = await page.locator('article.drift').nth(2).getAttribute('id');
    expect(await page.evaluate('document.activeElement?.id')).toBe(third);
    await page.close();
  });

  test.each([
    { width: 1280, dark: false },
    { width: 390, dark: true },
  ])('is accessible and fits at $width pixels, dark: $dark', async ({ width, dark }) => {
    const { page, troubles } = await openPage(browser, file, { width, dark });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    // The page's own policy refuses scripts from outside, so the checker goes in through the debugger.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
      expression:
        'axe.run().then((found) => JSON.stringify(found.violations.map((each) => [each.id, each.nodes[0].html])))',
      awaitPromise: true,
      returnByValue: true,
    });
    expect(JSON.parse(result.value)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('the theme button turns the page dark', async () => {
    const { page } = await openPage(browser, file);
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.click('#theme');
    expect(await ground()).not.toBe(light);
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('true');
    await page.close();
  });

  test('on paper there is no form, and every difference', async () => {
    const { page } = await openPage(browser, file);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.locator('article.drift:visible').count()).toBe(inspection.drift.length);
    await page.close();
  });
});

test('hostile text is shown as text', async () => {
  const hostile = '</script></style><img src=x onerror="document.title=1"><script>document.title=1</script>{{{x}}}';
  const [first] = inspection.drift;
  if (!first) throw new Error('the example has no drift');
  const changed: Inspection = {
    ...inspection,
    app: { ...inspection.app, name: hostile },
    environments: inspection.environments.map((each, index) => (index === 0 ? { ...each, name: hostile } : each)),
    drift: [{ ...first, title: hostile, id: `value-differs:${hostile}`, why: hostile }, ...inspection.drift.slice(1)],
  };
  const { page, troubles } = await openPage(browser, reportOf(changed, 'hostile'));
  expect(await page.title()).toBe(`${hostile}: production parity`);
  expect(await page.locator('article.drift h3').first().innerText()).toContain(hostile);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(1);
  expect(troubles).toEqual([]);
  await page.close();
});

test('with a map the differences say what was decided of them; a map alone gives a page too', async () => {
  const map = fixture('demo-answers/parity-map.yaml');
  const { page } = await openPage(browser, reportOf(inspection, 'decided', '--map', map));
  expect(await page.locator('article.drift .status', { hasText: 'wanted' }).count()).toBeGreaterThan(0);
  expect(await page.locator('article.decision').count()).toBeGreaterThan(0);
  await page.close();
  const output = join(scratch, 'map.html');
  expect(runScript('report', '--map', map, '--output', output).code).toBe(0);
  const alone = await openPage(browser, output);
  expect(await alone.page.locator('article.drift').count()).toBeGreaterThan(0);
  expect(alone.troubles).toEqual([]);
  await alone.page.close();
});

test('the same bytes twice; bad usage ends with 2 and one line', () => {
  const once = readFileSync(reportOf(inspection, 'once'), 'utf8');
  expect(readFileSync(reportOf(inspection, 'twice'), 'utf8')).toBe(once);
  const bad = runScript('report', '--output', join(scratch, 'x.html'));
  expect(bad.code).toBe(2);
  expect(bad.err.trim().split('\n')).toHaveLength(1);
});
