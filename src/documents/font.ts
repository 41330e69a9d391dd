import { readFile } from 'node:fs/promises'
import { allPlaces } from '../filings/places.ts'
import type { Jurisdiction } from '../pack.ts'
import { FONT_FILE } from './draw-chart.ts'

/** Names of places that a picture would draw with boxes in them, one line each in Chinese. */
export async function checkFont(jurisdiction: Jurisdiction): Promise<string[]> {
  const known = charactersOf(await readFile(FONT_FILE))
  const names = [jurisdiction.district, ...allPlaces(jurisdiction).map(({ name }) => name)]
  return [...new Set(names)].flatMap((name) => {
    const missing = [...name].filter((character) => !known.has(character.codePointAt(0) ?? 0))
    return missing.length === 0 ? [] : [`jurisdiction.yaml ${name}：图上的字体没有“${missing.join('')}”字`]
  })
}

/** The code points a font has a glyph for, from its table cmap in format 4 (OpenType 1.9, cmap). */
export function charactersOf(font: Buffer): Set<number> {
  const cmap = tableAt(font, 'cmap')
  for (let record = 0; record < font.readUInt16BE(cmap + 2); record++) {
    const table = cmap + font.readUInt32BE(cmap + 8 + record * 8)
    if (font.readUInt16BE(table) === 4) return charactersIn(font, table)
  }
  throw new Error('the font has no cmap in format 4')
}

function tableAt(font: Buffer, tag: string): number {
  for (let record = 0; record < font.readUInt16BE(4); record++) {
    const at = 12 + record * 16
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

/** Segments of consecutive code points; glyph 0 is the box. */
function charactersIn(font: Buffer, table: number): Set<number> {
  const segments = font.readUInt16BE(table + 6) / 2
  const [ends, starts] = [table + 14, table + 16 + segments * 2]
  const [deltas, offsets] = [starts + segments * 2, starts + segments * 4]
  const known = new Set<number>()
  for (let segment = 0; segment < segments; segment++) {
    const at = segment * 2
    const [start, end] = [font.readUInt16BE(starts + at), font.readUInt16BE(ends + at)]
    const [delta, offset] = [font.readUInt16BE(deltas + at), font.readUInt16BE(offsets + at)]
    for (let code = start; code <= end && code < 0xff_ff; code++) {
      const glyph = offset === 0 ? code : font.readUInt16BE(offsets + at + offset + (code - start) * 2)
      if (glyph !== 0 && (glyph + delta) % 0x1_00_00 !== 0) known.add(code)
    }
  }
  return known
}
