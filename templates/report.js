(() => {
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const search = document.getElementById('search');
  const differences = [...document.querySelectorAll('article.drift')];
  const questions = [...document.querySelectorAll('article.question')];
  const rows = [...document.querySelectorAll('.surface tbody tr')];
  const surfaces = [...document.querySelectorAll('section.surface')];
  const texts = new Map();

  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  };
  const fits = (element, filter) =>
    (!filter.severity || !element.dataset.severity || element.dataset.severity === filter.severity) &&
    (!filter.surface || element.dataset.surface === filter.surface) &&
    (!filter.environment ||
      element.dataset.environments === undefined ||
      element.dataset.environments.split('\n').includes(filter.environment)) &&
    filter.words.every((word) => textOf(element).includes(word));

  const apply = () => {
    const data = new FormData(form);
    const filter = {
      words: String(data.get('q') || '')
        .toLowerCase()
        .split(/\s+/)
        .filter(Boolean),
      severity: data.get('severity') || '',
      surface: data.get('surface') || '',
      environment: data.get('environment') || '',
      all: data.get('all') === 'yes',
    };
    for (const element of [...differences, ...questions]) element.hidden = !fits(element, filter);
    for (const row of rows) row.hidden = (!filter.all && row.dataset.differs === undefined) || !fits(row, filter);
    for (const surface of surfaces) surface.hidden = !rows.some((row) => surface.contains(row) && !row.hidden);
    const count = (elements) => `${elements.filter((each) => !each.hidden).length} of ${elements.length}`;
    shown.textContent = `${count(differences)} differences${rows.length > 0 ? `, ${count(rows)} rows` : ''}`;
  };

  /** `#severity=high&q=redis` is a filter; any other fragment is an element's own. */
  const readFragment = () => {
    const fragment = decodeURIComponentSafely(location.hash.slice(1));
    if (location.hash.includes('=')) {
      const wanted = new URLSearchParams(location.hash.slice(1));
      for (const name of ['q', 'severity', 'surface', 'environment']) {
        const field = form.elements.namedItem(name);
        if (field) field.value = wanted.get(name) || '';
      }
      const all = form.elements.namedItem('all');
      if (all) all.checked = wanted.get('all') === 'yes';
      apply();
      return;
    }
    const target = fragment && document.getElementById(fragment);
    if (!target) return;
    // Whoever follows a link sees what it leads to, filter or no filter.
    if (target.hidden || target.closest('[hidden]')) {
      form.reset();
      const all = form.elements.namedItem('all');
      if (all && target.matches('tr:not([data-differs])')) all.checked = true;
      apply();
      target.scrollIntoView();
    }
    if (target.tabIndex === -1) target.focus({ preventScroll: true });
  };
  const decodeURIComponentSafely = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return '';
    }
  };

  const remember = () => {
    const kept = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
    history.replaceState(null, '', kept.size > 0 ? `#${kept}` : location.pathname + location.search);
  };

  const step = (by) => {
    const visible = differences.filter((each) => !each.hidden);
    const now = visible.indexOf(document.activeElement?.closest('article.drift'));
    const next = visible[now === -1 ? (by > 0 ? 0 : visible.length - 1) : now + by];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: 'start' });
  };

  form.addEventListener('input', () => {
    apply();
    remember();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    setTimeout(() => {
      apply();
      remember();
    });
  });
  addEventListener('hashchange', readFragment);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '');
    if (event.key === 'Escape') {
      form.reset();
      document.activeElement?.blur();
    } else if (!typing && event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (!typing && event.key === 'j') step(1);
    else if (!typing && event.key === 'k') step(-1);
  });

  const theme = document.getElementById('theme');
  const isDark = () =>
    (document.documentElement.dataset.theme ||
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const showTheme = () => theme.setAttribute('aria-pressed', String(isDark()));
  theme.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    showTheme();
  });
  showTheme();

  apply();
  readFragment();
})();
