const { runningShop } = require('../running-shop');
const { version } = require('../../package.json');

let shop;

beforeAll(async () => {
  shop = await runningShop();
});

afterAll(() => shop.stop());

const get = (path) => fetch(shop.url + path);
const post = (path, body) =>
  fetch(shop.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('says that it is well, and which version it is', async () => {
  const answer = await get('/healthz');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'ok', version });
});

test('lists what it sells', async () => {
  const products = await (await get('/api/products')).json();
  expect(products).toHaveLength(8);
  expect(products[0]).toMatchObject({ id: 'teapot', cents: 3490 });
});

test('shows one product, and 404 for one it does not sell', async () => {
  expect(await (await get('/api/products/tray')).json()).toMatchObject({ name: 'Walnut tray' });
  expect((await get('/api/products/rocket')).status).toBe(404);
});

test('prices a cart', async () => {
  const answer = await post('/api/cart', { items: [{ id: 'sencha', quantity: 2 }] });
  expect(await answer.json()).toEqual({ goods: 2580, shipping: 490, total: 3070 });
});

test('takes an order', async () => {
  const answer = await post('/api/orders', {
    items: [{ id: 'cups', quantity: 1 }],
    name: 'Ada',
    email: 'ada@example.org',
  });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ total: 2890 });
});

test('refuses an order without a name and says so', async () => {
  const answer = await post('/api/orders', { items: [{ id: 'cups', quantity: 1 }] });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({ field: 'name', error: 'Tell us whom to send it to.' });
});

test('refuses a body that is no JSON', async () => {
  expect((await post('/api/orders', '{')).status).toBe(400);
  expect((await post('/api/orders', undefined)).status).toBe(422);
});

test.each(['/', '/cart', '/checkout', '/products/teapot'])('%s serves the page', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/html');
});

test('the page finds the way back to where the shop hangs', async () => {
  expect(await (await get('/products/teapot')).text()).toContain('<base href="../">');
  expect(await (await get('/cart')).text()).toContain('<base href="./">');
});

test('everything else is not found', async () => {
  expect((await get('/admin')).status).toBe(404);
  expect((await get('/assets/../package.json')).status).toBe(404);
});
