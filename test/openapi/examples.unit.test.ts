import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { test } from 'tap'
import { formats } from '../../shared/src/validation/ajv.ts'
import { documents, type Media, mediaOf, ofEachOperation } from './read-documents.ts'

const validators = new Map([...documents.values()].map(document => [document, validatorOf(document)]))

function validatorOf(document: object) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats })
  addFormats.default(ajv)
  return ajv.addSchema({ ...document, $id: 'document' })
}

const examplesOf = ({ example, examples }: Media) =>
  examples === undefined ? [example] : Object.values(examples).map(({ value }) => value)

test('every body that is sent or answered has an example that is valid', t =>
  ofEachOperation(t, (operation, at, document) => {
    const ajv = validators.get(document) as Ajv2020
    for (const [where, type, media] of mediaOf(operation, document)) {
      const ref = media.schema.$ref
      const schema = ref === undefined ? media.schema : { $ref: `document${ref}` }
      for (const example of examplesOf(media)) {
        const errors = ajv.validate(schema, example) ? undefined : ajv.errorsText()
        t.ok(example !== undefined && errors === undefined, `${at} ${where} ${type}: ${errors}`)
      }
    }
  }))
