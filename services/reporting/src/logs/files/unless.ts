/** @returns what was done, or undefined after an error with one of these codes */
export async function unless<T>(codes: readonly string[], doing: Promise<T>): Promise<T | undefined> {
  try {
    return await doing
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
