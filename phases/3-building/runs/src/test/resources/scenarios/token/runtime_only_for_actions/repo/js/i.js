console.log(!!process.env.ACTIONS_RUNTIME_TOKEN, !!process.env.ACTIONS_RESULTS_URL);
