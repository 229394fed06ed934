const path = require('node:path');
const fs = require('node:fs');
const MinimizerPlugin = require('minimizer-webpack-plugin');
const { version } = require('./package.json');

/** Writes index.html with the names of the hashed files in it. */
class PagePlugin {
  apply(compiler) {
    const { RawSource } = compiler.webpack.sources;
    compiler.hooks.thisCompilation.tap('PagePlugin', (compilation) => {
      const stage = compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE;
      compilation.hooks.processAssets.tap({ name: 'PagePlugin', stage }, () => {
        const files = compilation.entrypoints.get('main').getFiles();
        const styles = files
          .filter((file) => file.endsWith('.css'))
          .map((file) => `<link rel="stylesheet" href="${file}">`);
        const scripts = files
          .filter((file) => file.endsWith('.js'))
          .map((file) => `<script defer src="${file}"></script>`);
        const page = fs
          .readFileSync(path.join(__dirname, 'client/index.html'), 'utf8')
          .replace('<!-- assets -->', [...styles, ...scripts].join('\n    '))
          .replaceAll('{{version}}', version);
        compilation.emitAsset('index.html', new RawSource(page));
      });
    });
  }
}

module.exports = {
  entry: './client/main.jsx',
  output: {
    path: path.join(__dirname, 'dist'),
    filename: 'assets/[name].[contenthash:12].js',
    cssFilename: 'assets/[name].[contenthash:12].css',
    publicPath: 'auto',
    clean: true,
  },
  resolve: { extensions: ['.js', '.jsx'] },
  module: {
    rules: [
      { test: /\.jsx$/, exclude: /node_modules/, use: 'babel-loader' },
      { test: /\.css$/, type: 'css/auto' },
    ],
  },
  experiments: { css: true },
  optimization: { minimizer: [new MinimizerPlugin({ minify: MinimizerPlugin.esbuildMinify })] },
  plugins: [new PagePlugin()],
  performance: { maxAssetSize: 300_000, maxEntrypointSize: 320_000, hints: 'warning' },
  stats: 'errors-warnings',
};
