console.log('kept ' + process.env.STATE_colour.replace('\n', ' and '));
