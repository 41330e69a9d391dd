import { expect, test } from 'vitest'
import { loadPack } from '../src/pack.ts'

test('the pack of Liubei has 12 streets and towns with 98 communities and villages', async () => {
  const pack = await loadPack('templates/liubei')
  expect(pack.jurisdiction.streets).toHaveLength(12)
  expect(pack.jurisdiction.streets.flatMap((street) => street.communities)).toHaveLength(98)
})
