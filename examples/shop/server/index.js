const { createApp } = require('./app');
const { version } = require('../package.json');

const port = Number(process.env.PORT ?? 3000);
const server = createApp().listen(port, process.env.HOST ?? '127.0.0.1', (error) => {
  if (error) {
    console.error(`The shop cannot listen on port ${port}: ${error.message}`);
    process.exit(1);
  }
  console.log(`shop ${version} listens on port ${server.address().port}`);
});
// A proxy keeps connections open; ours outlive its, so that none is closed under a request.
server.keepAliveTimeout = 75_000;

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    console.log(`${signal}: finishing open requests`);
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 10_000).unref();
  });
}
