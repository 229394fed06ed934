/** What the shop sells. `hue` colours the drawing of a product. */
const products = [
  { id: 'teapot', name: 'Clay teapot', text: 'Fired twice, pours without a drop beside the cup.', cents: 3490, shape: 'pot', hue: 18 },
  { id: 'cups', name: 'Four cups', text: 'No two alike, all of them a handful.', cents: 2400, shape: 'cup', hue: 150 },
  { id: 'kettle', name: 'Steel kettle', text: 'Sings when the water is ready.', cents: 4890, shape: 'kettle', hue: 210 },
  { id: 'sencha', name: 'Sencha, 100 g', text: 'First harvest of the year, grassy and sweet.', cents: 1290, shape: 'tin', hue: 95 },
  { id: 'assam', name: 'Assam, 250 g', text: 'Dark and malty. Stands up to milk.', cents: 1150, shape: 'tin', hue: 5 },
  { id: 'chai', name: 'Chai spices', text: 'Cardamom, ginger, clove, and a secret.', cents: 890, shape: 'tin', hue: 32 },
  { id: 'whisk', name: 'Bamboo whisk', text: 'A hundred bristles cut from one stem.', cents: 1850, shape: 'whisk', hue: 60 },
  { id: 'tray', name: 'Walnut tray', text: 'Carries the whole afternoon in one go.', cents: 4200, shape: 'tray', hue: 25 },
];

function find(id) {
  return products.find((product) => product.id === id);
}

module.exports = { products, find };
