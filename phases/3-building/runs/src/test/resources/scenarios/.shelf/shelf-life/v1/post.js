console.log(`post of ${process.env.INPUT_NAME} with ${process.env.STATE_from_pre} ${process.env.STATE_from_main}`);
