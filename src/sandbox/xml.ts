import saxes from 'saxes'

/** The little XML that WeCom's app protocol needs: elements and text, no attributes. */

/** An element is its text, or its children by name; one name may occur several times. */
export type Xml = { text: string; children: Record<string, Xml[]> }

/** Reads one document; throws on malformed XML and on a DOCTYPE. */
export function readXml(source: string): Xml {
  const root: Xml = { text: '', children: {} }
  const open: Xml[] = [root]
  const parser = new saxes.SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('DOCTYPE is not allowed')
  })
  parser.on('opentag', (tag) => {
    if (open.length > 8) throw new Error('nested too deeply')
    const element: Xml = { text: '', children: {} }
    const siblings = (open.at(-1)!.children[tag.name] ??= [])
    siblings.push(element)
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
