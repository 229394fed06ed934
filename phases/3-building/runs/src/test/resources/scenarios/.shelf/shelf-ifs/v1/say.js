console.log('ifs', process.env.GITHUB_ACTION_REPOSITORY);
