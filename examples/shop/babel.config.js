// The bundle keeps modern syntax and only turns JSX into calls; Jest needs CommonJS besides.
module.exports = (api) => {
  const test = api.env('test');
  return {
    presets: [['@babel/preset-react', { runtime: 'automatic' }]],
    plugins: test ? ['@babel/plugin-transform-modules-commonjs'] : [],
  };
};
