import { MOST_OF_ONE_PRODUCT } from '../shared/money';

const KEY = 'cart';

/** A cart is `{productId: quantity}`; each change makes a new one. */
export function put(cart, id, quantity) {
  const next = { ...cart };
  if (quantity < 1) {
    delete next[id];
  } else {
    next[id] = Math.min(quantity, MOST_OF_ONE_PRODUCT);
  }
  return next;
}

export function add(cart, id) {
  return put(cart, id, (cart[id] ?? 0) + 1);
}

export function count(cart) {
  return Object.values(cart).reduce((sum, quantity) => sum + quantity, 0);
}

/** The cart's lines in the order in which they were added; what is not sold any more is left out. */
export function linesOf(cart, products) {
  return Object.entries(cart)
    .map(([id, quantity]) => ({ product: products.find((one) => one.id === id), quantity }))
    .filter((line) => line.product);
}

export function load(storage) {
  try {
    return JSON.parse(storage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function save(storage, cart) {
  storage.setItem(KEY, JSON.stringify(cart));
}
