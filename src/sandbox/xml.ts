import saxes from 'saxes'

/** The little XML the stand-in needs: WeCom's app protocol, and a look into Office files. */

/** An element is its text, or its children by name; one name may occur several times. */
export type Xml = {
  text: string
  children: Record<string, Xml[]>
  /** With `inOrder`: the children as they come. */
  order?: { name: string; element: Xml }[]
  attributes?: Record<string, string>
}

/** Reads one document; throws on malformed XML, on a DOCTYPE and on deep nesting. */
export function readXml(source: string, { deepest = 8, inOrder = false } = {}): Xml {
  const root: Xml = { text: '', children: {} }
  const open: Xml[] = [root]
  const parser = new saxes.SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('DOCTYPE is not allowed')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > deepest) throw new Error('nested too deeply')
    const element: Xml = { text: '', children: {}, ...(inOrder && { attributes }) }
    const parent = open.at(-1)!
    const siblings = (parent.children[name] ??= [])
    siblings.push(element)
    if (inOrder) (parent.order ??= []).push({ name, element })
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  const take = (text: string) => void (open.at(-1)!.text += text)
  parser.on('text', take)
  parser.on('cdata', take)
  parser.write(source).close()
  return root
}

/** The text at a path of names, taking the first of each; '' when there is none. */
export function textAt(xml: Xml | undefined, ...path: string[]): string {
  const [name, ...rest] = path
  if (name === undefined) return xml?.text ?? ''
  return textAt(xml?.children[name]?.[0], ...rest)
}

export type Elements = {
  [name: string]: string | number | bigint | Elements | Elements[] | string[] | undefined
}

/** Writes elements as WeCom does: texts in CDATA, numbers bare, lists as repeated elements. */
export function writeXml(elements: Elements): string {
  return Object.entries(elements)
    .flatMap(([name, value]) => {
      if (value === undefined) return []
      const all = Array.isArray(value) ? value : [value]
      return all.map((one) => `<${name}>${content(one)}</${name}>`)
    })
    .join('')
}

function content(value: string | number | bigint | Elements): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return writeXml(value)
}
