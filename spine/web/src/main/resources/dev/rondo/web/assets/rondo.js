// Makes pages pleasant that work without it. Behaviour hangs on data- attributes, so that fragments
// which htmx brings later have it as well.
(() => {
  'use strict';
  const page = document.querySelector('meta[name=rondo]').dataset;
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, css, text) => {
    const element = document.createElement(tag);
    if (css) element.className = css;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  root.classList.add('script');
  // The server writes times in the reader's zone from the next page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `rondo_zone=${encodeURIComponent(zone)};path=/;max-age=31536000;samesite=lax`;

  // ---- Notices ----
  function notice(text, css) {
    const box = make('div', `notice ${css}`);
    box.append(make('p', '', text));
    const close = make('button', 'dismiss', '×');
    close.type = 'button';
    box.append(close);
    find('#notices').append(box);
    box.scrollIntoView({ block: 'nearest' });
    return box;
  }
  window.rondo = { notice, csrf: page.csrf, make };

  // ---- htmx ----
  document.addEventListener('htmx:configRequest', (event) => {
    if (page.csrf) event.detail.headers['X-Rondo-Csrf'] = page.csrf;
  });
  document.addEventListener('htmx:responseError', (event) => {
    const answer = event.detail.xhr;
    const isText = (answer.getResponseHeader('Content-Type') || '').startsWith('text/plain');
    notice(isText ? answer.responseText : `${answer.status}`, answer.status < 500 ? 'warning' : 'bad');
  });
  let lost = null;
  document.addEventListener('htmx:sseError', () => { lost = lost || notice(page.lost, 'warning'); });
  document.addEventListener('htmx:sseOpen', () => { if (lost) { lost.remove(); lost = null; } });

  // ---- Clicks, changes, typing ----
  document.addEventListener('click', (event) => {
    const target = event.target.closest('.dismiss, .nav-toggle, [data-copy], [data-confirm], [data-palette]');
    for (const open of all('details.switcher[open]')) {
      if (!open.contains(event.target)) open.open = false;
    }
    if (!target) return;
    if (target.matches('.dismiss')) target.closest('.notice').remove();
    if (target.matches('.nav-toggle')) {
      const open = find('.side').classList.toggle('open');
      target.setAttribute('aria-expanded', String(open));
    }
    if (target.matches('[data-copy]')) copy(target);
    if (target.matches('[data-confirm]') && !confirm(target.dataset.confirm)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (target.matches('[data-palette]')) openPalette('');
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const open of all('details.switcher[open], details.limit[open]')) {
      open.open = false;
      if (open.contains(document.activeElement)) find('summary', open).focus();
    }
    const side = find('.side.open');
    if (side) find('.nav-toggle').click();
  });
  async function copy(button) {
    const source = find(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    const before = button.textContent;
    button.textContent = page.copied;
    setTimeout(() => { button.textContent = before; }, 1500);
  }
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
  });
  document.addEventListener('input', (event) => {
    if (!event.target.matches('[data-filter]')) return;
    const words = event.target.value.toLowerCase();
    for (const item of find(event.target.dataset.filter).children) {
      item.hidden = !item.textContent.toLowerCase().includes(words);
    }
  });

  // ---- What needs a library gets it when it is there ----
  const loaded = new Map();
  function load(url) {
    if (!loaded.has(url)) {
      loaded.set(url, new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = url;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loaded.get(url);
  }
  function loadStyle(url) {
    if (find(`link[href="${url}"]`)) return;
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = url;
    document.head.append(link);
  }
  function enliven(place) {
    const within = { querySelectorAll: (selector) => [place, ...place.querySelectorAll(selector)].filter((one) => one.matches?.(selector)) };
    for (const hidden of all('[data-without-script]', within)) hidden.hidden = true;
    for (const end of all('[data-scroll-end]', within)) end.scrollTop = end.scrollHeight;
    const codes = all('code[class*="language-"]:not(.coloured)', within);
    if (codes.length) {
      codes.forEach((code) => code.classList.add('coloured'));
      load(page.highlight).then(() => codes.forEach((code) => {
        const language = /language-([\w+#.-]+)/.exec(code.className)[1];
        if (window.hljs.getLanguage(language)) window.hljs.highlightElement(code);
      }));
    }
    const charts = all('[data-chart]:not([data-drawn])', within);
    if (charts.length) {
      loadStyle(page.uplotCss);
      load(page.uplot).then(() => charts.forEach(draw));
    }
  }
  document.addEventListener('DOMContentLoaded', () => enliven(document));
  // The detail names the element that was asked for, which an outer swap has just thrown away.
  document.addEventListener('htmx:afterSwap', (event) => enliven(event.target));
  document.addEventListener('htmx:sseMessage', (event) => {
    const end = event.target.closest('[data-scroll-end]');
    if (end && end.scrollHeight - end.scrollTop - end.clientHeight < 120) end.scrollTop = end.scrollHeight;
  });
  if (document.readyState !== 'loading') enliven(document);

  // ---- Charts ----
  const color = (name) => {
    const probe = make('span');
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  };
  const units = {
    ratio: (v) => `${(v * 100).toLocaleString(root.lang, { maximumFractionDigits: 1 })} %`,
    seconds: (v) => (v < 1 ? `${Math.round(v * 1000)} ms` : `${v.toLocaleString(root.lang, { maximumFractionDigits: 2 })} s`),
    bytes: (v) => {
      const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
      let i = 0;
      while (v >= 1024 && i < 4) { v /= 1024; i += 1; }
      return `${v.toLocaleString(root.lang, { maximumFractionDigits: 1 })} ${steps[i]}`;
    },
    'per-second': (v) => `${v.toLocaleString(root.lang, { maximumFractionDigits: 1 })}/s`,
    count: (v) => v.toLocaleString(root.lang, { maximumFractionDigits: 2 }),
  };
  const tones = { good: 'good', bad: 'bad', warn: 'warn', info: 'info', active: 'active', neutral: 'soft' };
  const inks = ['p2', 'p7', 'p4', 'p8', 'p5', 'p1', 'p6', 'p3'];
  function markers(list) {
    return {
      hooks: {
        draw: (plot) => {
          const context = plot.ctx;
          context.save();
          context.strokeStyle = context.fillStyle = color('soft');
          context.setLineDash([4, 4]);
          context.font = `${11 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
          context.textAlign = 'left';
          context.textBaseline = 'alphabetic';
          const { left, top, width, height } = plot.bbox;
          const shown = list
            .map((marker) => ({ ...marker, x: Math.round(plot.valToPos(marker.at, 'x', true)) }))
            .filter((marker) => marker.x >= left && marker.x <= left + width)
            .sort((a, b) => a.x - b.x);
          for (const marker of shown) {
            context.beginPath();
            context.moveTo(marker.x, top);
            context.lineTo(marker.x, top + height);
            context.stroke();
          }
          // Marks close to one another have one name between them: the last one's, and how many come before.
          const gap = 5 * devicePixelRatio;
          const high = 14 * devicePixelRatio;
          const groups = [];
          for (const marker of shown) {
            const group = groups.at(-1);
            if (group && marker.x - group.at(-1).x < 60 * devicePixelRatio) group.push(marker);
            else groups.push([marker]);
          }
          const end = [-1, -1];
          for (const group of groups) {
            const text = group.at(-1).title + (group.length > 1 ? ` (+${group.length - 1})` : '');
            const wide = context.measureText(text).width;
            const behind = group.at(-1).x + gap;
            const start = behind + wide <= left + width ? behind : Math.max(left + gap, group[0].x - gap - wide);
            const line = end[0] < start ? 0 : 1;
            if (end[line] >= start) continue;
            end[line] = start + wide + gap;
            const y = top + gap + line * high;
            context.fillStyle = color('sheet');
            context.globalAlpha = 0.85;
            context.fillRect(start - 2 * devicePixelRatio, y, wide + 4 * devicePixelRatio, high);
            context.globalAlpha = 1;
            context.fillStyle = color('soft');
            context.fillText(text, start, y + 11 * devicePixelRatio);
          }
          context.restore();
        },
      },
    };
  }
  function build(box, data) {
    const say = units[data.unit] || units.count;
    const face = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke: color('soft'), grid: { stroke: color('line'), width: 1 }, ticks: { show: false }, font: face };
    let grey = 0;
    const series = data.series.map((one, i) => {
      // One line may be grey; several would not be told apart.
      const plain = one.tone === 'neutral' && grey++ > 0;
      const ink = color((!plain && tones[one.tone]) || inks[i % inks.length]);
      return { label: one.title, stroke: ink, width: 1.8, points: { show: false }, spanGaps: false, value: (u, v) => (v == null ? '–' : say(v)) };
    });
    const options = {
      width: box.clientWidth, height: 210, cursor: { y: false }, padding: [10, 10, 0, 0],
      scales: { y: { range: (u, low, high) => [0, high > 0 ? high * 1.12 : 1] } },
      axes: [{ ...axis, values: (u, times) => times.map((t) => new Date(t * 1000).toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit', second: times.length > 1 && times[1] - times[0] < 60 ? '2-digit' : undefined })) },
        { ...axis, size: 64, values: (u, values) => values.map(say) }],
      series: [{ label: '\u00a0', value: (u, t) => (t == null ? '' : new Date(t * 1000).toLocaleTimeString(root.lang)) }, ...series],
      plugins: [markers(data.markers || [])],
    };
    box.textContent = '';
    if (!data.times.length) { box.append(make('p', 'nodata', '–')); return null; }
    return new window.uPlot(options, [data.times, ...data.series.map((one) => one.values)], box);
  }
  function draw(figure) {
    figure.dataset.drawn = 'true';
    const box = find('.plot', figure);
    let data = null;
    let plot = null;
    const redraw = () => { if (data) { if (plot) plot.destroy(); plot = build(box, data); } };
    const refresh = async () => {
      if (!figure.isConnected) return;
      if (!document.hidden) {
        try {
          const answer = await fetch(figure.dataset.chart, { headers: { Accept: 'application/json' } });
          if (answer.ok) { data = await answer.json(); redraw(); }
        } catch { /* The next try may reach the server again. */ }
      }
      const every = Number(figure.dataset.every);
      if (every > 0) setTimeout(refresh, every * 1000);
    };
    new ResizeObserver(() => { if (plot) plot.setSize({ width: box.clientWidth, height: 210 }); }).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
    refresh();
  }

  // ---- Command palette ----
  const palette = find('#palette');
  if (!palette) return;
  const input = find('input', palette);
  const list = find('#palette-hits', palette);
  const base = page.project ? `/projects/${page.project}` : '';
  let chosen = 0;
  let asked = 0;
  let answered = Promise.resolve();
  function openPalette(text) {
    if (!palette.open) palette.showModal();
    input.value = text;
    answered = ask();
    input.focus();
  }
  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input, textarea, select, [contenteditable]');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette('');
    } else if (event.key === '/' && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      openPalette('/');
    }
  });
  palette.addEventListener('click', (event) => {
    if (event.target === palette) palette.close();
    const hit = event.target.closest('.hit');
    if (hit) follow(hit);
  });
  input.addEventListener('input', () => { answered = ask(); });
  input.addEventListener('keydown', async (event) => {
    const hits = all('.hit', list);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(hits, (chosen + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % (hits.length || 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // Who types faster than the server answers means what they typed, not what was shown before.
      await answered;
      const hit = all('.hit', list)[chosen];
      if (hit) follow(hit);
    }
  });
  function choose(hits, index) {
    chosen = index;
    hits.forEach((hit, i) => hit.setAttribute('aria-selected', String(i === index)));
    if (hits[index]) {
      input.setAttribute('aria-activedescendant', hits[index].id);
      hits[index].scrollIntoView({ block: 'nearest' });
    }
  }
  async function ask() {
    const words = input.value;
    const turn = ++asked;
    if (words.startsWith('/')) { show([{ group: '', title: words, hint: page.run, command: words }]); return; }
    const answer = await fetch(`${base}/palette?q=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' } });
    if (answer.ok && turn === asked) show((await answer.json()).hits);
  }
  function show(hits) {
    list.textContent = '';
    let group = '';
    hits.forEach((hit, i) => {
      if (hit.group !== group) {
        group = hit.group;
        const title = make('li', 'group', group);
        title.setAttribute('role', 'presentation');
        list.append(title);
      }
      const line = make('li', 'hit');
      line.id = `hit-${i}`;
      line.setAttribute('role', 'option');
      line.append(make('span', 'cut', hit.title), make('small', '', hit.hint));
      if (hit.command) line.dataset.command = hit.command; else line.dataset.path = hit.path;
      list.append(line);
    });
    if (!hits.length) list.append(make('li', 'none', page.none));
    choose(all('.hit', list), 0);
  }
  async function follow(hit) {
    if (hit.dataset.path) { location.href = hit.dataset.path; return; }
    // A second Enter meanwhile must not give the command twice.
    list.textContent = '';
    const answer = await fetch(`${base}/commands`, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-Rondo-Csrf': page.csrf, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ text: hit.dataset.command }),
    });
    const said = await answer.json().catch(() => ({}));
    const accepted = answer.ok && said.accepted !== false;
    list.append(make('li', accepted ? 'answer' : 'answer no', said.text || said.answer || said.error?.message || String(answer.status)));
    const path = said.href || said.path;
    if (accepted && path) {
      const line = make('li', 'hit', path);
      line.id = 'hit-0';
      line.dataset.path = path;
      list.append(line);
      choose(all('.hit', list), 0);
    }
  }
})();
