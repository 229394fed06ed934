const levels = ['unit', 'integration', 'ui'];

module.exports = {
  reporters: ['default', ['jest-junit', { outputDirectory: 'reports/junit', classNameTemplate: '{filepath}', titleTemplate: '{title}', addFileAttribute: 'true' }]],
  coverageReporters: ['lcov', 'text-summary'],
  collectCoverageFrom: ['client/**/*.{js,jsx}', 'server/**/*.js', 'shared/**/*.js'],
  projects: levels.map((level) => ({
    displayName: level,
    testMatch: [`<rootDir>/tests/${level}/**/*.test.{js,jsx}`],
    testEnvironment: level === 'ui' ? '@happy-dom/jest-environment' : 'node',
    moduleNameMapper: { '\\.css$': '<rootDir>/tests/no-styles.js' },
  })),
};
