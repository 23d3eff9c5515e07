import t from 'tap'
import { imageOf } from '../../containers/image-of.ts'

t.test('the images of docker-compose.yml have a name and a version', async t => {
  t.match(await imageOf('kafka'), /^apache\/kafka:\d/)
  t.match(await imageOf('mongo'), /^mongo:\d/)
})
