const fs = require('fs');
const e = process.env;
console.log(e['INPUT_WHO-TO-GREET'], e.INPUT_TWO_WORDS, e.INPUT_OTHER, `[${e.INPUT_NONE}]`, 'main');
fs.appendFileSync(e.GITHUB_OUTPUT, 'answer=42\n');
fs.appendFileSync(e.GITHUB_ENV, 'FROM_JS=set\n');
