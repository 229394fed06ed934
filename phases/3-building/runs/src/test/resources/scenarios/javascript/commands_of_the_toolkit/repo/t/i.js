const fs = require('fs');
const os = require('os');
console.log('::group::G');
console.log('::endgroup::');
console.log('::notice title=T,file=f.js,line=2::n');
fs.appendFileSync(process.env.GITHUB_OUTPUT, `json<<ghadelimiter_1${os.EOL}{"a":1}${os.EOL}ghadelimiter_1${os.EOL}`);
process.exitCode = 1;
console.log('::error::failed on purpose');
