import { fileURLToPath } from 'node:url'
import { renderAsync } from '@resvg/resvg-js'
import { chartSvg, FONT, type Chart } from './chart.ts'

/** In the repository, so that the picture is the same on every machine; see fonts/README.md. */
export const FONT_FILE = fileURLToPath(new URL('../../fonts/FilingChartSansSC-Regular.otf', import.meta.url))

/** A chart as PNG. The same chart gives the same bytes; what the machine has of fonts plays no part. */
export async function drawChart(chart: Chart): Promise<Buffer> {
  const image = await renderAsync(chartSvg(chart), {
    font: { fontFiles: [FONT_FILE], loadSystemFonts: false, defaultFontFamily: FONT },
  })
  return image.asPng()
}
