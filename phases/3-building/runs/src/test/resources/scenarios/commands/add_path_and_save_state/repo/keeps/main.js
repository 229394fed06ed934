console.log('::save-state name=colour::green%0Ablue');
