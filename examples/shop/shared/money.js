/** Prices are whole cents everywhere; only the page turns them into text. */

const SHIPPING_CENTS = 490;
const FREE_SHIPPING_FROM_CENTS = 5000;
const MOST_OF_ONE_PRODUCT = 20;

/** What a cart costs. Lines are {@code {product, quantity}} with prices in cents. */
function totals(lines) {
  const goods = lines.reduce((sum, line) => sum + line.product.cents * line.quantity, 0);
  const shipping = goods === 0 || goods >= FREE_SHIPPING_FROM_CENTS ? 0 : SHIPPING_CENTS;
  return { goods, shipping, total: goods + shipping };
}

/** How much is missing until shipping is free; 0 when it is. */
function missingForFreeShipping(goods) {
  return Math.max(0, FREE_SHIPPING_FROM_CENTS - goods);
}

function euros(cents) {
  const whole = Math.trunc(cents / 100).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `€${whole}.${String(cents % 100).padStart(2, '0')}`;
}

module.exports = { totals, missingForFreeShipping, euros, MOST_OF_ONE_PRODUCT };
