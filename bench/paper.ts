import { readFileSync } from 'node:fs'
import { makeDocument } from '../src/documents/make.ts'
import { loadTemplates } from '../src/documents/templates.ts'
import { fieldTypes } from '../src/filings/field-types.ts'
import { Filing } from '../src/filings/filing.ts'
import { loadPack } from '../src/pack.ts'

// How long one 备案申请表 takes to fill, read back and compare. The filing is in the file named on the command line.

const RUNS = 60
const { answers, form: pinned } = Filing.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
const pack = await loadPack('templates/liubei')
const templates = await loadTemplates(pack)
const form = pack.forms.find(({ id }) => id === pinned.id)
const paper = form?.papers.find(({ id }) => id === 'initial')
if (!form || !paper) throw new Error('the pack has no 备案申请表')

const times: number[] = []
for (let run = 0; run < RUNS; run++) {
  const begun = performance.now()
  await makeDocument({ form, paper, format: 'docx', answers, types: fieldTypes(pack), templates })
  times.push(performance.now() - begun)
}
const first = times[0] ?? Number.NaN
times.sort((a, b) => a - b)
console.log(JSON.stringify({ median: times[RUNS / 2], first }))
