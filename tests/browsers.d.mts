/** The system's browser; undefined where there is none. */
export function browserPath(): string | undefined
export function playwrightBrowserPath(): string

/** Launch options for Playwright; without `executablePath` Playwright's own browser is used. */
export const chromium: { executablePath?: string; headless: boolean; args: string[] }
