import t from 'tap'
import { imageOf } from '../../containers/images.ts'

t.test('the images are those of docker-compose.yml, with their versions', async t => {
  t.match(await imageOf('kafka'), /^apache\/kafka:\d/)
  t.match(await imageOf('mongo'), /^mongo:\d/)
})
