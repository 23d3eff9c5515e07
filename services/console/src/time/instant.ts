/** Whether a text is an instant, as those in addresses should be. */
export const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text))
