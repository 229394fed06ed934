const { randomUUID } = require('node:crypto');
const { find } = require('./catalogue');
const { totals, MOST_OF_ONE_PRODUCT } = require('../shared/money');

const MOST_LINES = 50;

/** A wish that cannot be fulfilled, with the sentence that the customer reads. */
class Refused extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/** Turns `[{id, quantity}]` into lines of known products, or throws Refused. */
function lines(items) {
  if (!Array.isArray(items) || items.length === 0) {
    throw new Refused('items', 'The cart is empty.');
  }
  if (items.length > MOST_LINES) {
    throw new Refused('items', `A cart holds ${MOST_LINES} products at most.`);
  }
  return items.map(({ id, quantity }) => {
    const product = find(id);
    if (!product) {
      throw new Refused('items', `We do not sell "${id}".`);
    }
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_OF_ONE_PRODUCT) {
      throw new Refused('items', `Order 1 to ${MOST_OF_ONE_PRODUCT} of ${product.name}.`);
    }
    return { product, quantity };
  });
}

/** Prices a cart. */
function price(items) {
  return totals(lines(items));
}

/** Takes an order and answers with its number. */
function place({ items, name, email } = {}) {
  const { total } = price(items);
  if (typeof name !== 'string' || name.trim() === '') {
    throw new Refused('name', 'Tell us whom to send it to.');
  }
  if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw new Refused('email', 'That does not look like an e-mail address.');
  }
  return { order: randomUUID().slice(0, 8).toUpperCase(), total };
}

module.exports = { price, place, Refused };
