const fs = require('node:fs');
const path = require('node:path');
const express = require('express');
const { version } = require('../package.json');
const catalogue = require('./catalogue');
const orders = require('./orders');

/** The whole HTTP surface: the API under /api, and the bundled pages for everything else. */
function createApp({ pages = path.join(__dirname, '../dist') } = {}) {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (request, response) => response.json({ status: 'ok', version }));
  app.use('/api', api());
  app.use('/assets', express.static(path.join(pages, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  app.get(['/', '/cart', '/checkout', '/products/:id'], (request, response) => {
    response.set('Cache-Control', 'no-cache').type('html').send(page(pages, request.path));
  });
  app.use((request, response) => response.status(404).json({ error: 'There is nothing here.' }));
  app.use(explain);
  return app;
}

/**
 * The page with a base that leads from this path up to where the shop hangs, so that it works
 * under a name of its own and under a path of another's alike.
 */
function page(pages, at) {
  const up = '../'.repeat(at.split('/').length - 2) || './';
  const html = fs.readFileSync(path.join(pages, 'index.html'), 'utf8');
  return html.replace(/<base href="?\/"?>/, `<base href="${up}">`);
}

function api() {
  const routes = express.Router();
  routes.use(express.json({ limit: '32kb' }));
  routes.get('/products', (request, response) => response.json(catalogue.products));
  routes.get('/products/:id', (request, response) => {
    const product = catalogue.find(request.params.id);
    if (!product) {
      return response.status(404).json({ error: `We do not sell "${request.params.id}".` });
    }
    return response.json(product);
  });
  routes.post('/cart', (request, response) => response.json(orders.price(request.body?.items)));
  routes.post('/orders', (request, response) => response.status(201).json(orders.place(request.body)));
  return routes;
}

/** The customer's mistakes are answered with a sentence, ours with 500 and a line in the log. */
function explain(error, request, response, next) {
  if (response.headersSent) {
    return next(error);
  }
  if (error instanceof orders.Refused) {
    return response.status(422).json({ error: error.message, field: error.field });
  }
  if (error.status >= 400 && error.status < 500) {
    return response.status(error.status).json({ error: error.message });
  }
  console.error(JSON.stringify({ level: 'error', path: request.path, error: error.stack }));
  return response.status(500).json({ error: 'Something broke on our side.' });
}

module.exports = { createApp };
