/** What of the printed model may not be left in a finished charter (domain notes K18). */
const LEFTOVERS = [
  /[XxＸｘ]{3,}|[XＸ]{2,}(?=市|区|街道|社区|乡|镇|村)/u,
  /[×✕╳]{2,}/u,
  /〔注|【注|\[注[:：]/u,
  /可删减/u,
  /[(（]如(?!下)|[(（]职务[,，、]/u,
  /\{\{|\}\}/u,
  /_{2,}|＿{2,}/u,
  /(?:街道|街道办事处|社区|居民委员会|居民|党组织)[/／](?:[XＸ]*(?:社区[/／])?)(?:乡镇|村)/u,
  /社会组织名称[,，]由所在/u,
]

/** The first piece of unfilled model text in a text, a few characters of it. */
export function findLeftover(text: string): string | undefined {
  for (const pattern of LEFTOVERS) {
    const [found] = pattern.exec(text) ?? []
    if (found !== undefined) return [...found].slice(0, 12).join('')
  }
  return undefined
}
