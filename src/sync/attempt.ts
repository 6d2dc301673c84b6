import { failureOf, type Failure } from '../domain/failure.ts'

/** What came of a task: its value, or the expected trouble that kept it from having one. */
export type Attempt<T> =
  | { readonly value: T; readonly failure?: undefined }
  | { readonly value?: undefined; readonly failure: Failure }

/** Turns expected trouble into data; bugs and cancellations pass through. */
export async function attempt<T>(task: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await task() }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    return { failure }
  }
}
