/** The system's browser; undefined where there is none. */
export function browserPath(): string | undefined
export function playwrightBrowserPath(): string

/** Launch options for Playwright; without `executablePath` Playwright's own browser is used. */
export const chromium: { executablePath?: string; headless: boolean; args: string[] }

/** The system's Firefox; undefined where there is none. */
export function firefoxPath(): string | undefined

/** Launch options for the system's Firefox, which Playwright steers as any other would. */
export const firefox: { channel: string; executablePath?: string; headless: boolean }
