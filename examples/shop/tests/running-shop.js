const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createApp } = require('../server/app');

/** Starts the real server on a free port with a page of its own; `stop()` ends it. */
async function runningShop() {
  const pages = fs.mkdtempSync(path.join(os.tmpdir(), 'shop-'));
  fs.writeFileSync(path.join(pages, 'index.html'), '<!doctype html><base href="/"><div id="shop"></div>');
  const server = await new Promise((resolve, reject) => {
    const starting = createApp({ pages }).listen(0, '127.0.0.1', (error) =>
      error ? reject(error) : resolve(starting),
    );
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        fs.rmSync(pages, { recursive: true });
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

module.exports = { runningShop };
