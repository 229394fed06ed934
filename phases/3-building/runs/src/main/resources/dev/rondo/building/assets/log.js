// The log of a job: only the lines that are seen stand in the page, the rest is fetched while one
// scrolls. Groups fold, words are found by the server, a line has an address, and the end is followed
// while the job runs.
(() => {
  'use strict';
  const box = document.querySelector('#log');
  if (!box) return;
  const tools = document.querySelector('.log-tools');
  const found = tools.querySelector('[data-log-found]');
  const make = window.rondo.make;
  const CHUNK = 256;
  const TALLEST = 12e6; // what browsers draw of one element without losing pixels

  const chunks = new Map();
  let total = 0;
  let groups = [];
  let folded = new Map(); // first line of a group → last hidden line
  let chosen = new Map(); // first line of a group → whether somebody folded it
  let hidden = []; // sorted, not overlapping: [from, to, lines hidden before it]
  let rows = 0;
  let marked = -1;
  let hits = [];
  let hit = -1;
  let follow = box.dataset.logOver !== 'true';
  let loading = false;
  let again = false;

  const ruler = make('div', 'log-row');
  ruler.textContent = 'x';
  const spacer = make('div', 'log-space');
  const list = make('div', 'log-rows');
  box.replaceChildren(spacer, list, ruler);
  const height = Math.max(16, Math.round(ruler.getBoundingClientRect().height));
  ruler.remove();
  tools.hidden = false;

  // ---- Which lines are rows ----
  function layOut() {
    folded = new Map();
    for (const [first, last] of groups) {
      if (chosen.get(first) ?? last >= 0) folded.set(first, last < 0 ? total - 1 : last);
    }
    const ranges = [];
    for (const [first, last] of folded) if (last > first) ranges.push([first + 1, last]);
    for (const [first, last] of groups) if (last >= 0 && !folded.has(first)) ranges.push([last, last]);
    ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    hidden = [];
    let before = 0;
    for (const [from, to] of ranges) {
      const last = hidden[hidden.length - 1];
      if (last && from <= last[1]) {
        if (to > last[1]) { before += to - last[1]; last[1] = to; }
        continue;
      }
      hidden.push([from, to, before]);
      before += to - from + 1;
    }
    rows = Math.max(0, total - before);
    spacer.style.height = `${Math.min(rows * height, TALLEST)}px`;
  }

  function lineOf(row) {
    let low = 0, high = hidden.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hidden[middle][0] - hidden[middle][2] <= row) low = middle + 1; else high = middle;
    }
    if (low === 0) return row;
    const [from, to, before] = hidden[low - 1];
    return row + before + (to - from + 1);
  }

  function rowOf(line) {
    let low = 0, high = hidden.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hidden[middle][0] <= line) low = middle + 1; else high = middle;
    }
    if (low === 0) return line;
    const [from, to, before] = hidden[low - 1];
    return line <= to ? from - before - 1 : line - before - (to - from + 1);
  }

  // ---- What is seen ----
  const seen = () => Math.ceil(box.clientHeight / height);
  const tall = () => Math.min(rows * height, TALLEST);

  function firstRow() {
    const room = tall() - box.clientHeight;
    if (room <= 0) return 0;
    return rows * height <= TALLEST
      ? Math.floor(box.scrollTop / height)
      : Math.round((box.scrollTop / room) * Math.max(0, rows - seen()));
  }

  function scrollTo(row) {
    const room = tall() - box.clientHeight;
    box.scrollTop = rows * height <= TALLEST ? row * height : (row / Math.max(1, rows - seen())) * room;
  }

  function draw() {
    const first = Math.max(0, firstRow() - 5);
    const last = Math.min(rows, first + seen() + 15);
    const wanted = new Set();
    const drawn = [];
    for (let row = first; row < last; row++) {
      const number = lineOf(row);
      const chunk = chunks.get(Math.floor(number / CHUNK));
      const line = chunk?.lines[number % CHUNK];
      if (!line && (!chunk || !chunk.full)) wanted.add(Math.floor(number / CHUNK));
      drawn.push(element(number, line));
    }
    list.replaceChildren(...drawn);
    const top = rows * height <= TALLEST ? first * height : Math.max(0, box.scrollTop - (firstRow() - first) * height);
    list.style.transform = `translateY(${top}px)`;
    if (total === 0 && box.dataset.logOver === 'true') list.replaceChildren(make('p', 'muted log-row', box.dataset.logNone));
    for (const chunk of wanted) fetchChunk(chunk);
  }

  function element(number, line) {
    const row = make('div', `log-row ${line ? `log-${line.kind}` : ''}`);
    if (number === marked) row.classList.add('marked');
    if (hits[hit] === number) row.classList.add('now');
    row.id = `L${number + 1}`;
    const link = make('a', 'no', String(number + 1));
    link.href = `#L${number + 1}`;
    row.append(link, make('span', 'at', line ? line.clock : ''));
    const text = make('span', 'text');
    if (line) {
      const group = groups.find((one) => one[0] === number);
      if (group) {
        const open = !folded.has(number);
        const button = make('button', 'fold', open ? '▾' : '▸');
        button.type = 'button';
        button.setAttribute('aria-expanded', String(open));
        button.addEventListener('click', () => fold(number, open));
        text.append(button);
      }
      for (const piece of line.pieces) {
        text.append(piece.look ? make('span', piece.look, piece.text) : piece.text);
      }
    }
    row.append(text);
    return row;
  }

  function fold(number, yes) {
    chosen.set(number, yes);
    layOut();
    draw();
  }

  function unfoldTo(line) {
    for (const [first, last] of groups) {
      if (first < line && (last < 0 || line <= last) && folded.has(first)) chosen.set(first, false);
    }
    layOut();
  }

  function show(line) {
    follow = false;
    unfoldTo(line);
    scrollTo(Math.max(0, rowOf(line) - Math.floor(seen() / 3)));
    draw();
  }

  // ---- What comes from the server ----
  async function json(path) {
    const answer = await fetch(`${box.dataset.logUrl}/${path}`, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  async function fetchChunk(index) {
    const known = chunks.get(index);
    if (known?.busy) return;
    chunks.set(index, { lines: known?.lines ?? [], full: false, busy: true });
    try {
      const answer = await json(`lines?from=${index * CHUNK}&limit=${CHUNK}`);
      chunks.set(index, { lines: answer.lines, full: answer.lines.length === CHUNK || box.dataset.logOver === 'true', busy: false });
      draw();
    } catch (lost) {
      console.error(lost);
      chunks.delete(index);
    }
  }

  async function refresh() {
    if (loading) { again = true; return; }
    loading = true;
    try {
      const answer = await json('outline');
      const atEnd = follow;
      for (const [index, chunk] of chunks) {
        if (!chunk.full && !chunk.busy && answer.total > index * CHUNK + chunk.lines.length) chunks.delete(index);
      }
      total = answer.total;
      groups = answer.groups;
      layOut();
      if (atEnd) scrollTo(rows);
      draw();
    } finally {
      loading = false;
      if (again) { again = false; refresh(); }
    }
  }

  let asked = 0;
  async function search() {
    const word = tools.elements.q.value;
    const mine = ++asked;
    const answer = word.trim() ? await json(`matches?q=${encodeURIComponent(word)}`) : { lines: [], more: false };
    if (mine !== asked) return;
    hits = answer.lines;
    hit = hits.length ? 0 : -1;
    step(0, answer.more, word);
  }

  function step(by, more) {
    if (hits.length) {
      hit = (hit + by + hits.length) % hits.length;
      found.dataset.more = more ?? found.dataset.more;
      found.textContent = `${hit + 1} / ${hits.length}${found.dataset.more === 'true' ? '+' : ''}`;
      show(hits[hit]);
    } else {
      found.textContent = tools.elements.q.value.trim() ? '0' : '';
      draw();
    }
  }

  // ---- What people do ----
  let waiting = 0;
  tools.elements.q.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(search, 200); });
  tools.addEventListener('submit', (event) => { event.preventDefault(); step(1); });
  tools.addEventListener('click', (event) => {
    const what = event.target.closest('[data-log]')?.dataset.log;
    if (what === 'before') step(-1);
    if (what === 'after') step(1);
    if (what === 'fold' || what === 'unfold') {
      for (const [first] of groups) chosen.set(first, what === 'fold');
      layOut();
      draw();
    }
    if (what === 'end') { follow = true; scrollTo(rows); draw(); }
  });
  box.addEventListener('scroll', () => {
    follow = box.scrollHeight - box.scrollTop - box.clientHeight < 2 * height;
    draw();
  }, { passive: true });
  new ResizeObserver(draw).observe(box);
  function jump() {
    const line = /^#L(\d+)$/.exec(location.hash);
    marked = line ? Number(line[1]) - 1 : -1;
    if (marked >= 0) show(marked); else draw();
  }
  window.addEventListener('hashchange', jump);
  box.addEventListener('sse:log', refresh);
  box.addEventListener('sse:resync', refresh);
  box.addEventListener('sse:changed', refresh);
  refresh().then(jump);
})();
