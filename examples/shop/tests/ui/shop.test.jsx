import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { Shop } from '../../client/Shop';
import { runningShop } from '../running-shop';

let shop;
let root;

beforeAll(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  shop = await runningShop();
});

afterAll(() => shop.stop());

beforeEach(async () => {
  window.happyDOM.setURL(`${shop.url}/`);
  window.localStorage.clear();
  document.body.innerHTML = '<div id="shop"></div>';
  root = createRoot(document.getElementById('shop'));
  await act(async () => root.render(<Shop />));
  await until(() => document.querySelector('.card'));
});

afterEach(() => act(() => root.unmount()));

async function until(found) {
  for (let turn = 0; turn < 200 && !found(); turn++) {
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
  }
  expect(found()).toBeTruthy();
}

const button = (text) => [...document.querySelectorAll('button, a')].find((one) => one.textContent.startsWith(text));
const click = (text) => act(async () => button(text).click());

test('shows the products with their prices', () => {
  expect(document.querySelectorAll('.card')).toHaveLength(8);
  expect(document.body.textContent).toContain('€34.90');
});

test('a product goes into the cart and is counted', async () => {
  await click('Add to cart');
  await click('Add to cart');
  expect(document.querySelector('.cart-link b').textContent).toBe('2');
  await click('Cart');
  expect(window.location.pathname).toBe('/cart');
  expect(document.querySelector('tfoot').textContent).toContain('€69.80');
});

test('an empty cart says what to do', async () => {
  await click('Cart');
  expect(document.querySelector('h1').textContent).toBe('Your cart is empty');
});

test('checks out against the running shop, after a refusal that names the field', async () => {
  await click('Add to cart');
  await click('Cart');
  await click('Check out');
  await click('Order for');
  await until(() => document.querySelector('[role=alert]'));
  expect(document.querySelector('[role=alert]').textContent).toBe('Tell us whom to send it to.');
  expect(document.querySelector('input[name=name]').getAttribute('aria-invalid')).toBe('true');

  document.querySelector('input[name=name]').value = 'Ada';
  document.querySelector('input[name=email]').value = 'ada@example.org';
  await click('Order for');
  await until(() => document.querySelector('h1').textContent === 'Thank you!');
  expect(document.body.textContent).toContain('€39.80');
});
