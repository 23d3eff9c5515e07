/** The id of a worker in examples. */
export const exampleWorker = '0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4b'

/** The options of a body that has no other fields, with its name and an example. */
export const like = (title: string, example: object) => ({
  title,
  additionalProperties: false,
  examples: [example],
})
