const fs = require('fs');
console.log(`pre of ${process.env.INPUT_NAME}`);
fs.appendFileSync(process.env.GITHUB_STATE, `from_pre=p-${process.env.INPUT_NAME}\n`);
