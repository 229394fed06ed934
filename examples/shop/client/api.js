import { at } from './base';

/** Calls the shop's API; a refusal becomes an Error with the sentence that the server wrote. */
async function call(path, options) {
  const response = await fetch(at(`/api${path}`), options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new Error(answer.error ?? `The shop answered ${response.status}.`);
    error.field = answer.field;
    throw error;
  }
  return answer;
}

export const products = () => call('/products');

export const order = (wish) =>
  call('/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wish),
  });
