const cart = require('../../client/cart');

const products = [{ id: 'teapot' }, { id: 'tray' }];

test('adding twice makes two', () => {
  const once = cart.add({}, 'teapot');
  expect(cart.add(once, 'teapot')).toEqual({ teapot: 2 });
  expect(once).toEqual({ teapot: 1 });
});

test('a quantity of none takes the product out', () => {
  expect(cart.put({ teapot: 2 }, 'teapot', 0)).toEqual({});
});

test('a quantity stays within what can be ordered', () => {
  expect(cart.put({}, 'teapot', 900)).toEqual({ teapot: 20 });
});

test('the cart counts pieces', () => {
  expect(cart.count({ teapot: 2, tray: 1 })).toBe(3);
});

test('what is not sold any more is left out', () => {
  expect(cart.linesOf({ tray: 1, rocket: 4 }, products)).toEqual([{ product: { id: 'tray' }, quantity: 1 }]);
});

test('a cart survives a reload, a broken one is emptied', () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  expect(cart.load(storage)).toEqual({});
  cart.save(storage, { tray: 1 });
  expect(cart.load(storage)).toEqual({ tray: 1 });
  kept.set('cart', '{');
  expect(cart.load(storage)).toEqual({});
});
