const fs = require('fs');
console.log(`main of ${process.env.INPUT_NAME} with ${process.env.STATE_from_pre}`);
fs.appendFileSync(process.env.GITHUB_STATE, `from_main=m-${process.env.INPUT_NAME}\n`);
if (process.env.INPUT_FAIL) process.exit(3);
