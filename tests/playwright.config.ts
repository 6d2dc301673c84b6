import { defineConfig } from 'playwright/test'
import { chromium } from './browsers.mjs'

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results/e2e',
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    launchOptions: chromium, // Traces take a third of the time; whoever looks for a fault makes them.
    trace: process.env['CI'] ? 'off' : 'retain-on-failure',
  },
})
