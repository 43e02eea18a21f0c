import { createHash } from 'node:crypto';
import mustache from 'mustache';
import { printable } from '../output/text.ts';
import type { Page, PageCell, PageSurface } from './page.ts';
import type { ReportTemplates } from './templates.ts';

const ENTRY =
  '<div class="entry"><span class="value">{{value}}</span>{{#unit}} <span class="unit">{{.}}</span>{{/unit}} <span class="from">{{layer}}, <code>{{place}}</code></span></div>';

/**
 * The page as one HTML text with its style and script inside. Its policy lets run and load nothing else, so that a text
 * of a repository stays text even where the escaping had a hole.
 */
export function renderPage(page: Page, templates: ReportTemplates): string {
  const view = {
    ...page,
    surfaces: page.surfaces.map(withMore),
    drift: page.drift.map((each) => ({ ...each, hasLookedIn: each.lookedIn.length > 0 })),
    coverage: page.coverage && {
      ...page.coverage,
      hasUnread: page.coverage.unread.length > 0,
      unreadCount: page.coverage.unread.length,
    },
    style: templates.style,
    script: templates.script,
    policy: [
      "default-src 'none'",
      `style-src '${digest(templates.style)}'`,
      `script-src '${digest(templates.script)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
    hasDrift: page.drift.length > 0,
    hasRows: page.surfaces.length > 0,
    hasQuestions: page.questions.length > 0,
    hasDecisions: page.decisions.length > 0,
    hasOpenRisks: page.openRisks.length > 0,
    usedSurfaces: [
      ...new Set([...page.drift.map((each) => each.surface), ...page.surfaces.map((each) => each.surface)]),
    ],
  };
  // A mark that turns the direction of writing would reorder what stands around it.
  return mustache.render(
    templates.page,
    view,
    { entry: ENTRY },
    { escape: (value) => mustache.escape(printable(String(value))) },
  );
}

/** The cells of a surface as the template asks for them. */
function withMore(surface: PageSurface): object {
  const cell = (each: PageCell) => ({ ...each, hasMore: each.more.length > 0, moreCount: each.more.length });
  return { ...surface, rows: surface.rows.map((row) => ({ ...row, cells: row.cells.map(cell) })) };
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
