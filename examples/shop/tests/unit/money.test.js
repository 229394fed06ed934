const { euros, missingForFreeShipping, totals } = require('../../shared/money');

const line = (cents, quantity) => ({ product: { cents }, quantity });

describe('totals', () => {
  test('adds shipping to a small cart', () => {
    expect(totals([line(1290, 2)])).toEqual({ goods: 2580, shipping: 490, total: 3070 });
  });

  test('ships for free from fifty euros', () => {
    expect(totals([line(5000, 1)]).shipping).toBe(0);
    expect(totals([line(4999, 1)]).shipping).toBe(490);
  });

  test('costs nothing when empty', () => {
    expect(totals([])).toEqual({ goods: 0, shipping: 0, total: 0 });
  });
});

test('says what is missing for free shipping', () => {
  expect(missingForFreeShipping(4000)).toBe(1000);
  expect(missingForFreeShipping(9000)).toBe(0);
});

test.each([
  [0, '€0.00'],
  [905, '€9.05'],
  [123456789, '€1,234,567.89'],
])('%i cents read as %s', (cents, text) => {
  expect(euros(cents)).toBe(text);
});
