import { Drawing } from '../Drawing';
import { euros } from '../../shared/money';

export function Product({ product, add }) {
  return (
    <article className="product">
      <Drawing product={product} />
      <div>
        <h1>{product.name}</h1>
        <p>{product.text}</p>
        <p className="price">{euros(product.cents)}</p>
        <button type="button" onClick={() => add(product.id)}>Add to cart</button>
      </div>
    </article>
  );
}
