import { at } from '../base';
import { euros, missingForFreeShipping, totals, MOST_OF_ONE_PRODUCT } from '../../shared/money';

export function Cart({ lines, go, put }) {
  if (lines.length === 0) {
    return (
      <section>
        <h1>Your cart is empty</h1>
        <p><a href={at('/')} onClick={go('/')}>Have a look around</a></p>
      </section>
    );
  }
  const { goods, shipping, total } = totals(lines);
  const missing = missingForFreeShipping(goods);
  return (
    <section>
      <h1>Your cart</h1>
      <table>
        <tbody>
          {lines.map(({ product, quantity }) => (
            <tr key={product.id}>
              <th scope="row">{product.name}</th>
              <td>
                <input
                  type="number"
                  min="0"
                  max={MOST_OF_ONE_PRODUCT}
                  value={quantity}
                  aria-label={`Quantity of ${product.name}`}
                  onChange={(event) => put(product.id, Number(event.target.value))}
                />
              </td>
              <td className="amount">{euros(product.cents * quantity)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr><th scope="row" colSpan="2">Shipping</th><td className="amount">{euros(shipping)}</td></tr>
          <tr><th scope="row" colSpan="2">Total</th><td className="amount"><b>{euros(total)}</b></td></tr>
        </tfoot>
      </table>
      {missing > 0 && <p className="hint">{euros(missing)} more and we send it for free.</p>}
      <a className="button" href={at('/checkout')} onClick={go('/checkout')}>Check out</a>
    </section>
  );
}
