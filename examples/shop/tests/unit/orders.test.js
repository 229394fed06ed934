const { place, price, Refused } = require('../../server/orders');

const customer = { name: 'Ada', email: 'ada@example.org' };

test('prices a cart from the catalogue, not from what the browser says', () => {
  expect(price([{ id: 'teapot', quantity: 1, cents: 1 }])).toMatchObject({ goods: 3490, total: 3980 });
});

test.each([
  ['nothing', undefined],
  ['an empty cart', []],
  ['an unknown product', [{ id: 'rocket', quantity: 1 }]],
  ['half a teapot', [{ id: 'teapot', quantity: 0.5 }]],
  ['too many teapots', [{ id: 'teapot', quantity: 21 }]],
  ['a cart without end', Array(51).fill({ id: 'teapot', quantity: 1 })],
])('refuses %s', (what, items) => {
  expect(() => price(items)).toThrow(Refused);
});

test('an order gets a number and its price', () => {
  const order = place({ items: [{ id: 'tray', quantity: 2 }], ...customer });
  expect(order.order).toMatch(/^[0-9A-F]{8}$/);
  expect(order.total).toBe(8400);
});

test.each([
  ['name', { ...customer, name: ' ' }],
  ['email', { ...customer, email: 'ada' }],
])('an order without a %s is refused', (field, wish) => {
  expect(() => place({ items: [{ id: 'tray', quantity: 1 }], ...wish })).toThrow(
    expect.objectContaining({ field }),
  );
});
