import { at } from '../base';
import { Drawing } from '../Drawing';
import { euros } from '../../shared/money';

export function Products({ products, go, add }) {
  return (
    <>
      <h1>Everything for a quiet cup</h1>
      <ul className="products">
        {products.map((product) => (
          <li key={product.id} className="card">
            <a href={at(`/products/${product.id}`)} onClick={go(`/products/${product.id}`)}>
              <Drawing product={product} />
              <h2>{product.name}</h2>
            </a>
            <p>{product.text}</p>
            <div className="buy">
              <span className="price">{euros(product.cents)}</span>
              <button type="button" onClick={() => add(product.id)}>Add to cart</button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
