import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { targetWords } from '../../src/conversation/office/target-words.ts'
import { chartSvg, type Chart } from '../../src/documents/chart.ts'
import { drawChart, FONT_FILE } from '../../src/documents/draw-chart.ts'
import { charactersOf, checkFont } from '../../src/documents/font.ts'
import { allPlaces } from '../../src/filings/places.ts'
import { loadPack } from '../../src/pack.ts'

const pack = await loadPack('templates/liubei')

const chart = (over: Partial<Chart> = {}): Chart => ({
  title: '解放街道 社区社会组织',
  lines: ['2026年11月23日，备案有效5家'],
  sections: [
    {
      title: '每个社区（村）几家',
      bars: [
        { label: '明珠社区', value: 5, target: 8 },
        { label: '欣发社区', value: 0, target: 8 },
        { label: '某村', value: 2.5, target: 4 },
      ],
    },
  ],
  foot: '只是情况，不是排名。',
  ...over,
})

/** From the header of a PNG. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) })

test('a picture is a PNG for phones, far below what WeCom takes', async () => {
  const png = await drawChart(chart())
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  expect(png.toString('latin1', 12, 16)).toBe('IHDR')
  expect(sizeOf(png).width).toBe(1080)
  expect(png.length).toBeLessThan(2 * 1024 * 1024)
})

test('the same numbers give the same bytes, other numbers others', async () => {
  const [first, again] = await Promise.all([drawChart(chart()), drawChart(chart())])
  expect(again.equals(first)).toBe(true)
  expect((await drawChart(chart({ lines: ['2026年11月24日，备案有效5家'] }))).equals(first)).toBe(false)
})

test('every character of the places and of our words has a shape of its own, not the box of a missing one', async () => {
  const known = charactersOf(await readFile(FONT_FILE))
  const words = JSON.stringify([
    targetWords.chartTitle('柳北区'),
    targetWords.chartTotal('2026-11-23', 1_234_567_890),
    targetWords.chartMarks(8, 4, '到2023年底'),
    targetWords.chartDue('2026-Q4', 3),
    targetWords.chartKind('沙塘镇', 'village'),
    targetWords.chartFoot,
    ...allPlaces(pack.jurisdiction).map(({ name }) => name),
  ])
  const missing = [...new Set(words)].filter((one) => !known.has(one.codePointAt(0)!))
  expect(missing).toEqual([])
  const drawn = (label: string) => drawChart(chart({ title: label, lines: [], sections: [], foot: '' }))
  const box = await drawn('龘')
  // Two characters the font lacks look the same: that is what the others must not look like.
  expect((await drawn('鱻')).equals(box)).toBe(true)
  for (const character of ['雀', '儿', '垌', '0', '家', '（'])
    expect((await drawn(character)).equals(box)).toBe(false)
  expect((await drawn('雀')).equals(await drawn('儿'))).toBe(false)
})

test('a place whose name would be drawn with boxes is named by the check of the pack', async () => {
  expect(await checkFont(pack.jurisdiction)).toEqual([])
  const [first, ...others] = pack.jurisdiction.streets
  const streets = [{ ...first!, name: '龘龘街道' }, ...others]
  expect(await checkFont({ ...pack.jurisdiction, streets })).toEqual([
    'jurisdiction.yaml 龘龘街道：图上的字体没有“龘龘”字',
  ])
})

test('bars begin at a common zero, in the order given, with their number and a mark at the target', () => {
  const svg = chartSvg(chart())
  const bars = [...svg.matchAll(/<rect x="(\d+)" y="\d+" width="([\d.]+)" height="34"/g)].map(
    ([, x, width]) => [Number(x), Number(width)],
  )
  expect(new Set(bars.map(([x]) => x)).size).toBe(1)
  const [mingzhu, xinfa, village] = bars.map(([, width]) => width!)
  expect(xinfa).toBe(0)
  expect(mingzhu! / village!).toBeCloseTo(2, 2)
  expect(svg.match(/width="4"/g)).toHaveLength(3)
  expect(svg.indexOf('明珠社区')).toBeLessThan(svg.indexOf('欣发社区'))
  expect(svg).toContain('>2.5<')
  const zero = chartSvg(chart({ sections: [{ title: '', bars: [{ label: '甲', value: 0 }] }] }))
  expect(zero).not.toContain('NaN')
})

test('names that look like markup stay names', async () => {
  const svg = chartSvg(chart({ title: '<script>&"', sections: [] }))
  expect(svg).toContain('&lt;script&gt;&amp;&quot;')
  expect((await drawChart(chart({ title: '</text><rect/>', sections: [] }))).length).toBeGreaterThan(0)
})
