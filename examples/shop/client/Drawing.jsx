const SHAPES = {
  pot: 'M30 50h40v14a20 20 0 0 1-40 0zM70 54c14-2 14 18 0 18M30 56 16 46M40 50v-6h20v6M50 44v-6',
  cup: 'M28 46h38v12a19 19 0 0 1-38 0zM66 49c12-1 12 14-2 16M22 80h50',
  kettle: 'M26 76h46l-5-30H31zM34 46c0-24 30-24 30 0M26 58 12 50M46 46v-4h6v4',
  tin: 'M34 40h32v38H34zM32 32h36v8H32zM42 52h16v14H42z',
  whisk: 'M46 22h8v24h-8zM46 46c-12 10-12 24-8 32M54 46c12 10 12 24 8 32M50 46v34M44 80h12',
  tray: 'M16 56h68l-6 14H22zM30 56V44h14v12M56 56V40h16v16M50 56V48',
};

/** A product as a line drawing: no picture has to be loaded. */
export function Drawing({ product }) {
  return (
    <svg className="drawing" viewBox="0 0 100 100" role="img" aria-label={product.name}>
      <circle cx="50" cy="54" r="42" fill={`hsl(${product.hue} 55% 88%)`} />
      <path d={SHAPES[product.shape]} fill={`hsl(${product.hue} 50% 72%)`} stroke={`hsl(${product.hue} 45% 28%)`} />
    </svg>
  );
}
