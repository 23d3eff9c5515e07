/**
 * Makes a page of a list. Its caller has read one item more than the page holds, to know whether another page follows.
 * @returns the page, and its last item if another page follows
 */
export function pageOf<Item>(read: Item[], limit: number): { page: Item[]; last: Item | undefined } {
  const page = read.slice(0, limit)
  return { page, last: read.length > limit ? page.at(-1) : undefined }
}
