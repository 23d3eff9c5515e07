/**
 * Does something for each item, so many side by side. When one fails the others of its group are waited for: whoever
 * does it all again must not meet them.
 * @throws what the first of a group threw
 */
export async function sideBySide<Item>(
  items: Item[],
  atOnce: number,
  each: (item: Item) => Promise<void>,
  between: () => Promise<void> = async () => {},
): Promise<void> {
  for (let i = 0; i < items.length; i += atOnce) {
    if (i > 0) await between()
    const done = await Promise.allSettled(items.slice(i, i + atOnce).map(each))
    for (const one of done) if (one.status === 'rejected') throw one.reason
  }
}
