// Bubbles, Markdown and cards as DOM. Texts only ever go in as text nodes, so nothing of them can become markup.

/** An element with properties and children; strings become text. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'class') element.className = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false))
  return element
}

let nameOf = (userId) => userId

/** Tells how the people are called whom a text mentions by id. */
export const useNames = (names) => {
  nameOf = names
}

const link = (text, url) => h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text)

const isAddress = (url) => /^https?:\/\//i.test(url)

/** Plain text with the links an app may write as <a href>, and bare addresses. */
export function plain(text) {
  const box = h('div', { class: 'plain' })
  const parts = /<a\s+href="([^"]*)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s<>"，。；）】]+)/gi
  let from = 0
  for (const found of text.matchAll(parts)) {
    box.append(text.slice(from, found.index))
    const url = found[1] ?? found[3]
    box.append(isAddress(url) ? link(found[2] ?? url, url) : found[0])
    from = found.index + found[0].length
  }
  box.append(text.slice(from))
  return box
}

/** The Markdown of WeCom: headings, lists, quotes, tables, code, links, bold, coloured text. */
export function markdown(text) {
  const box = h('div', { class: 'markdown' })
  const thought = /^\s*<think>([\s\S]*?)(?:<\/think>|$)/.exec(text)
  if (thought) box.append(h('details', {}, h('summary', {}, '思考过程'), markdown(thought[1])))
  const lines = (thought ? text.slice(thought[0].length) : text).replace(/\r/g, '').split('\n')
  for (let at = 0; at < lines.length;) at = takeBlock(lines, at, box)
  return box
}

const listItem = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/

function takeBlock(lines, at, box) {
  const line = lines[at]
  if (line.trim() === '') return at + 1
  const heading = /^(#{1,6})\s+(.*)$/.exec(line)
  if (heading) {
    box.append(h(heading[1].length < 3 ? 'h3' : 'h4', {}, ...inline(heading[2])))
    return at + 1
  }
  if (/^\s*(---+|\*\*\*+)\s*$/.test(line)) {
    box.append(h('hr'))
    return at + 1
  }
  if (/^\s*```/.test(line)) {
    const end = lines.findIndex((other, n) => n > at && /^\s*```/.test(other))
    const stop = end < 0 ? lines.length : end
    box.append(h('pre', {}, lines.slice(at + 1, stop).join('\n')))
    return stop + 1
  }
  if (/^\s*\|.*\|\s*$/.test(line) && /^\s*\|[\s:|-]+\|\s*$/.test(lines[at + 1] ?? '')) {
    return takeTable(lines, at, box)
  }
  if (/^\s*>/.test(line)) {
    const quoted = run(lines, at, (other) => /^\s*>/.test(other))
    const inner = quoted.map((other) => other.replace(/^\s*>\s?/, '')).join('\n')
    box.append(h('blockquote', {}, ...markdown(inner).childNodes))
    return at + quoted.length
  }
  if (listItem.test(line)) {
    const items = run(lines, at, (other) => listItem.test(other))
    box.append(list(items.map((item) => listItem.exec(item))))
    return at + items.length
  }
  const paragraph = run(lines, at, (other, n) => n === at || (other.trim() !== '' && !startsBlock(other)))
  box.append(
    h('p', {}, ...paragraph.flatMap((part, n) => (n === 0 ? inline(part) : [h('br'), ...inline(part)]))),
  )
  return at + paragraph.length
}

const startsBlock = (line) => /^\s*(#{1,6}\s|>|```|\|.*\|\s*$)/.test(line) || listItem.test(line)

function run(lines, at, belongs) {
  let end = at
  while (end < lines.length && belongs(lines[end], end)) end++
  return lines.slice(at, end)
}

/** Items are matches of `listItem`; deeper ones belong to the item before. */
function list(items) {
  const [, indent, number] = items[0]
  const element = h(number ? 'ol' : 'ul', number ? { start: number } : {})
  for (let at = 0; at < items.length; at++) {
    const item = h('li', number && items[at][2] ? { value: items[at][2] } : {}, ...inline(items[at][3]))
    const inner = []
    while (items[at + 1] && items[at + 1][1].length > indent.length) inner.push(items[++at])
    if (inner.length > 0) item.append(list(inner))
    element.append(item)
  }
  return element
}

function takeTable(lines, at, box) {
  const rows = run(lines, at, (line) => /^\s*\|.*\|\s*$/.test(line))
  const cells = (row) =>
    row
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
  const line = (row, tag) =>
    h(
      'tr',
      {},
      cells(row).map((cell) => h(tag, {}, ...inline(cell))),
    )
  box.append(
    h(
      'div',
      { class: 'scroller' },
      h(
        'table',
        {},
        h('thead', {}, line(rows[0], 'th')),
        h(
          'tbody',
          {},
          rows.slice(2).map((row) => line(row, 'td')),
        ),
      ),
    ),
  )
  return at + rows.length
}

const spans =
  /\\([!-/:-@[-`{-~])|`([^`]+)`|\*\*(.+?)\*\*|!?\[([^\]]*)\]\(([^)\s]+)\)|<font color="(info|comment|warning)">(.*?)<\/font>|<@([^>]+)>|\*([^*\s][^*]*)\*|(https?:\/\/[^\s<>"()，。；）】]+)/g

function inline(text) {
  const out = []
  let from = 0
  for (const found of text.matchAll(spans)) {
    out.push(text.slice(from, found.index))
    const [whole, escaped, code, bold, label, url, tone, toned, at, italic, address] = found
    if (escaped !== undefined) out.push(escaped)
    else if (code !== undefined) out.push(h('code', {}, code))
    else if (bold !== undefined) out.push(h('strong', {}, ...inline(bold)))
    else if (url !== undefined) out.push(isAddress(url) ? link(label || url, url) : whole)
    else if (tone !== undefined) out.push(h('span', { class: `tone-${tone}` }, ...inline(toned)))
    else if (at !== undefined) out.push(h('span', { class: 'at' }, `@${nameOf(at)}`))
    else if (italic !== undefined) out.push(h('em', {}, ...inline(italic)))
    else out.push(link(address, address))
    from = found.index + whole.length
  }
  out.push(text.slice(from))
  return out
}

const inSizes = (bytes) =>
  bytes < 1024
    ? `${bytes} 字节`
    : bytes < 1048576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1048576).toFixed(1)} MB`

function fileBox(file, on) {
  const kind = file.name.split('.').at(-1).toLowerCase()
  return h(
    'div',
    { class: 'bubble file' },
    h('span', { class: `kind ${kind === 'xlsx' ? 'xlsx' : ''}`, 'aria-hidden': 'true' }, kind.slice(0, 4)),
    h('div', {}, h('div', {}, file.name), h('div', { class: 'size' }, inSizes(file.size))),
    h(
      'div',
      { class: 'acts' },
      h('a', { href: file.url, download: file.name }, '下载'),
      file.preview && h('button', { type: 'button', onclick: () => on.preview(file) }, '预览'),
    ),
  )
}

const picture = (file) =>
  h(
    'a',
    { href: file.url, target: '_blank' },
    h('img', { class: 'picture', src: file.url, alt: `图片：${file.name}` }),
  )

/** The inside of a message. `on` holds what a person can do: preview, click, ask. */
export function bodyOf(entry, who, on) {
  const { body } = entry
  switch (body.type) {
    case 'text':
      return h('div', { class: 'bubble' }, plain(body.text))
    case 'markdown': {
      const streaming = entry.state === 'streaming'
      return h('div', { class: streaming ? 'bubble typing' : 'bubble' }, markdown(body.text))
    }
    case 'voice':
      return h('div', { class: 'bubble' }, h('span', { class: 'voice-mark' }, '语音 ▸ '), body.text)
    case 'file':
      return fileBox(body.file, on)
    case 'image':
      return h('div', { class: 'bubble' }, picture(body.file))
    case 'mixed':
      return h('div', { class: 'bubble' }, plain(body.text), body.pictures.map(picture))
    case 'card':
      return cardBox(entry, body.seenBy[who] ?? body.view, on)
    default:
      return h('div', { class: 'bubble' }, '')
  }
}

function cardBox(entry, { card, greyed }, on) {
  const off = greyed !== undefined
  const box = h('article', { class: 'bubble card', 'aria-label': `卡片：${card.main_title?.title ?? ''}` })
  const press = (key) => on.click(entry, key, chosen(box))
  const target = (jump) => (jump?.type === 1 ? jump.url : undefined)
  const title = card.main_title?.title
  const address = target(card.card_action)
  if (card.source?.desc) box.append(h('div', { class: 'source' }, card.source.desc))
  box.append(
    h(
      'div',
      { class: 'head' },
      title && h('div', { class: 'title' }, address ? link(title, address) : title),
      card.main_title?.desc && h('div', { class: 'desc' }, card.main_title.desc),
    ),
  )
  if (card.emphasis_content)
    box.append(
      h(
        'div',
        {},
        h('div', { class: 'big' }, card.emphasis_content.title ?? ''),
        card.emphasis_content.desc ?? '',
      ),
    )
  if (card.quote_area)
    box.append(
      h(
        'div',
        { class: 'sub' },
        [card.quote_area.title, card.quote_area.quote_text].filter(Boolean).join('\n'),
      ),
    )
  if (card.sub_title_text) box.append(h('div', { class: 'sub' }, card.sub_title_text))
  if (!title && address) box.append(h('div', {}, link('查看详情', address)))
  const lines = card.horizontal_content_list ?? []
  if (lines.length > 0)
    box.append(
      h(
        'dl',
        {},
        lines.flatMap((line) => [
          h('dt', {}, line.keyname),
          h('dd', {}, target(line) ? link(line.value ?? '打开', line.url) : (line.value ?? '')),
        ]),
      ),
    )
  for (const part of card.vertical_content_list ?? [])
    box.append(h('div', {}, h('strong', {}, part.title), h('div', { class: 'desc' }, part.desc ?? '')))
  for (const select of [card.button_selection, ...(card.select_list ?? [])].filter(Boolean))
    box.append(dropDown(select, off))
  if (card.checkbox) box.append(choices(card.checkbox, entry.id, off))
  const buttons = [
    ...(card.button_list ?? []),
    ...(card.submit_button ? [{ ...card.submit_button, style: 1 }] : []),
  ]
  if (buttons.length > 0)
    box.append(
      h(
        'div',
        { class: 'buttons' },
        off
          ? h('button', { type: 'button', disabled: true }, greyed || '已处理')
          : buttons.map((button) => cardButton(button, press)),
      ),
    )
  const jumps = (card.jump_list ?? []).map((jump) =>
    jump.type === 3
      ? h('button', { type: 'button', onclick: () => on.ask(jump.question) }, jump.title)
      : target(jump)
        ? link(jump.title, jump.url)
        : h('span', {}, jump.title),
  )
  const menu = (card.action_menu?.action_list ?? []).map((action) =>
    h('button', { type: 'button', onclick: () => press(action.key) }, action.text),
  )
  if (jumps.length + menu.length > 0) box.append(h('div', { class: 'links' }, jumps, menu))
  box.append(h('div', { class: 'card-end' }))
  return box
}

function cardButton(button, press) {
  if (button.type === 1) return link(button.text, button.url)
  const style = button.style >= 2 && button.style <= 4 ? `style-${button.style}` : 'primary'
  return h('button', { type: 'button', class: style, onclick: () => press(button.key) }, button.text)
}

const dropDown = (select, off) =>
  h(
    'fieldset',
    {},
    h('legend', {}, select.title ?? ''),
    h(
      'select',
      {
        'data-question': select.question_key,
        'aria-label': select.title ?? '选择',
        disabled: off || select.disable,
      },
      select.option_list.map((option) =>
        h('option', { value: option.id, selected: option.id === select.selected_id }, option.text),
      ),
    ),
  )

const choices = (checkbox, name, off) =>
  h(
    'fieldset',
    {},
    h('legend', { class: 'unseen' }, '选项'),
    checkbox.option_list.map((option) =>
      h(
        'label',
        {},
        h('input', {
          type: checkbox.mode === 1 ? 'checkbox' : 'radio',
          name,
          value: option.id,
          'data-question': checkbox.question_key,
          checked: option.is_checked,
          disabled: off || checkbox.disable,
        }),
        option.text,
      ),
    ),
  )

/** What is chosen on a card: option ids by question. */
function chosen(box) {
  const selected = {}
  for (const input of box.querySelectorAll('[data-question]')) {
    const picked = (selected[input.dataset.question] ??= [])
    if (input.tagName === 'SELECT' || input.checked) picked.push(input.value)
  }
  return selected
}

/** A few words of an entry for lists and quotes. */
export function summary(entry) {
  const { body } = entry
  switch (body.type) {
    case 'file':
      return `[文件] ${body.file.name}`
    case 'image':
      return '[图片]'
    case 'card':
      return `[卡片] ${body.view.card.main_title?.title ?? body.view.card.sub_title_text ?? ''}`
    case 'voice':
      return `[语音] ${body.text}`
    default:
      return body.text
        .replace(/<@([^>]+)>/g, (_, user) => `@${nameOf(user)}`)
        .replace(/<[^>]*>|[*#>|`]/g, '')
        .replace(/\s+/g, ' ')
        .slice(0, 60)
  }
}

/** The blocks of a look into a file. */
export function blocksOf(blocks) {
  if (!blocks) return [h('p', {}, '这个文件不能在这里预览，请下载后打开。')]
  return blocks.map((block) =>
    block.type === 'paragraph'
      ? h('p', {}, block.text)
      : h(
          'table',
          {},
          h(
            'tbody',
            {},
            block.rows.map((row) =>
              h(
                'tr',
                {},
                row.map((cell) => h('td', { colspan: cell.span, rowspan: cell.rows }, cell.text)),
              ),
            ),
          ),
        ),
  )
}
