// Order by drag or by keyboard in the backlog, move so on the board. Without it, the buttons and
// selects do.
(() => {
  'use strict';
  let dragged = null;
  const post = async (path, fields) => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-Rondo-Csrf': window.rondo.csrf },
      body: new URLSearchParams(fields),
    });
    if (!answer.ok) {
      const said = await answer.json().catch(() => ({}));
      window.rondo.notice(said.error?.message || String(answer.status), 'warning');
    }
    return answer.ok;
  };
  const clear = () => document.querySelectorAll('.drop, .drop-before, .drop-after').forEach((it) => it.classList.remove('drop', 'drop-before', 'drop-after'));
  const refresh = (selector) => {
    const section = document.querySelector(selector);
    return section && window.htmx ? window.htmx.ajax('GET', section.getAttribute('hx-get'), { target: section, swap: 'outerHTML' }) : Promise.resolve();
  };

  document.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('[data-ticket][draggable="true"]');
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.ticket);
    dragged.classList.add('dragging');
  });
  document.addEventListener('dragend', () => {
    if (dragged) dragged.classList.remove('dragging');
    dragged = null;
    clear();
  });
  document.addEventListener('dragover', (event) => {
    if (!dragged) return;
    const column = event.target.closest('[data-board] .column');
    const row = event.target.closest('.ordered .ticket');
    clear();
    if (column) {
      event.preventDefault();
      column.classList.add('drop');
    } else if (row && row !== dragged) {
      event.preventDefault();
      row.classList.add(isAbove(event, row) ? 'drop-before' : 'drop-after');
    }
  });
  const isAbove = (event, row) => {
    const box = row.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };
  document.addEventListener('drop', async (event) => {
    if (!dragged) return;
    const column = event.target.closest('[data-board] .column');
    const row = event.target.closest('.ordered .ticket');
    const item = dragged;
    const number = item.dataset.ticket;
    if (column) {
      event.preventDefault();
      if (column.contains(item)) return;
      const base = column.closest('[data-board]').dataset.board;
      await post(`${base}/tickets/${number}/moves`, { to: column.dataset.state });
      refresh('#columns');
    } else if (row && row !== item) {
      event.preventDefault();
      const above = isAbove(event, row);
      const base = row.closest('[data-order]').dataset.order;
      row[above ? 'before' : 'after'](item);
      await post(`${base}/tickets/${number}/places`, { place: `${above ? 'before' : 'after'}:${row.dataset.ticket}` });
      refresh('#tickets');
    }
  });

  // By keyboard: Alt and an arrow move what has the focus, which comes back by the link's id.
  const focusAgain = (id) => document.getElementById(id)?.focus();
  document.addEventListener('keydown', async (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const item = event.target.closest?.('[data-ticket][draggable="true"]');
    if (!item) return;
    const number = item.dataset.ticket;
    const order = item.closest('[data-order]')?.dataset.order;
    const column = item.closest('[data-board] .column');
    if (order && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const up = event.key === 'ArrowUp';
      const other = up ? item.previousElementSibling : item.nextElementSibling;
      if (other) other[up ? 'before' : 'after'](item);
      focusAgain(`ticket-${number}`);
      await post(`${order}/tickets/${number}/places`, { place: up ? 'up' : 'down' });
      await refresh('#tickets');
      focusAgain(`ticket-${number}`);
    } else if (column && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      const to = event.key === 'ArrowLeft' ? column.previousElementSibling : column.nextElementSibling;
      if (!to) return;
      const base = column.closest('[data-board]').dataset.board;
      await post(`${base}/tickets/${number}/moves`, { to: to.dataset.state });
      await refresh('#columns');
      focusAgain(`ticket-${number}`);
    }
  });
})();
