import { useState } from 'react';
import * as api from '../api';
import { at } from '../base';
import { euros, totals } from '../../shared/money';

export function Checkout({ lines, go, empty }) {
  const [problem, setProblem] = useState(null);
  const [done, setDone] = useState(null);

  const send = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    try {
      const items = lines.map(({ product, quantity }) => ({ id: product.id, quantity }));
      setDone(await api.order({ items, name: form.get('name'), email: form.get('email') }));
      empty();
    } catch (error) {
      setProblem(error);
    }
  };

  if (done) {
    return (
      <section>
        <h1>Thank you!</h1>
        <p>Your order <b>{done.order}</b> over {euros(done.total)} is on its way.</p>
        <p><a href={at('/')} onClick={go('/')}>Back to the shop</a></p>
      </section>
    );
  }
  return (
    <form onSubmit={send} noValidate>
      <h1>Check out</h1>
      <label>Name <input name="name" autoComplete="name" aria-invalid={problem?.field === 'name'} /></label>
      <label>E-mail <input name="email" type="email" autoComplete="email" aria-invalid={problem?.field === 'email'} /></label>
      {problem && <p className="problem" role="alert">{problem.message}</p>}
      <button type="submit">Order for {euros(totals(lines).total)}</button>
    </form>
  );
}
