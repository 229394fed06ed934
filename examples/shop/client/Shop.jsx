import { useEffect, useState } from 'react';
import * as api from './api';
import { at, here } from './base';
import * as carts from './cart';
import { Cart } from './pages/Cart';
import { Checkout } from './pages/Checkout';
import { Product } from './pages/Product';
import { Products } from './pages/Products';

/** The frame of every page. Paths are real: each can be opened, reloaded and shared. */
export function Shop() {
  const [path, setPath] = useState(here);
  const [products, setProducts] = useState(null);
  const [problem, setProblem] = useState(null);
  const [cart, setCart] = useState(() => carts.load(window.localStorage));

  useEffect(() => {
    api.products().then(setProducts, (error) => setProblem(error.message));
    const back = () => setPath(here());
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  useEffect(() => carts.save(window.localStorage, cart), [cart]);

  const go = (to) => (event) => {
    event?.preventDefault();
    window.history.pushState({}, '', at(to));
    window.scrollTo(0, 0);
    setPath(to);
  };
  const count = carts.count(cart);

  return (
    <>
      <header>
        <a className="brand" href={at('/')} onClick={go('/')}>Steep &amp; Pour</a>
        <a className="cart-link" href={at('/cart')} onClick={go('/cart')}>
          Cart <b aria-label={`${count} in the cart`}>{count}</b>
        </a>
      </header>
      <main>
        {problem && <p className="problem" role="alert">{problem}</p>}
        {!products && !problem && <p className="waiting">Putting the kettle on …</p>}
        {products && <Page {...{ path, go, products, cart, setCart }} />}
      </main>
      <footer>Free shipping from €50. Sent from our own kitchen.</footer>
    </>
  );
}

function Page({ path, go, products, cart, setCart }) {
  const lines = carts.linesOf(cart, products);
  const add = (id) => setCart((now) => carts.add(now, id));
  if (path === '/cart') {
    return <Cart lines={lines} go={go} put={(id, quantity) => setCart((now) => carts.put(now, id, quantity))} />;
  }
  if (path === '/checkout') {
    return <Checkout lines={lines} go={go} empty={() => setCart({})} />;
  }
  const product = products.find((one) => path === `/products/${one.id}`);
  return product
    ? <Product product={product} products={products} go={go} add={add} />
    : <Products products={products} go={go} add={add} />;
}
