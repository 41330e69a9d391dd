// The sandbox page: who I am, my conversations, one chat. The server holds the truth and sends every change.

import { blocksOf, bodyOf, h, summary, useNames } from '/sandbox/render.js'

const at = (id) => document.getElementById(id)
const state = await (await fetch('/sandbox/state')).json()
const entries = new Map(state.entries.map((entry) => [entry.id, entry]))
const shown = new Map()
/** How far each person has read each conversation. */
const read = new Map()
const drafts = new Map()

let me = state.people[0].userId
let openId = `robot:${me}`
let quoting
let violations = state.violations
let moved = Date.parse(state.now) - Date.now()

const nameOf = (userId) => personOf(userId)?.name ?? userId
const personOf = (userId) => state.people.find((person) => person.userId === userId)

/** The conversations of a person, in the order WeCom lists them here. */
const conversationsOf = (userId) => [
  {
    id: `robot:${userId}`,
    where: 'robot',
    kind: 'robot',
    name: `${state.robotName}（机器人）`,
    hint: '智能机器人，单聊',
    face: '备',
  },
  {
    id: `app:${userId}`,
    where: 'app',
    kind: 'app',
    name: `${state.robotName}（应用）`,
    hint: '自建应用，发通知和文件',
    face: '应',
  },
  ...state.groups
    .filter((group) => group.members.some((member) => member.toLowerCase() === userId.toLowerCase()))
    .map((group) => ({
      id: `group:${group.chatId}`,
      where: { group: group.chatId },
      kind: 'group',
      name: group.name,
      hint: `群聊，${group.members.length} 人。机器人只听 @${state.robotName} 的话`,
      face: '群',
    })),
]

const conversation = () => conversationsOf(me).find((one) => one.id === openId)
const entriesIn = (id) => [...entries.values()].filter((entry) => entry.conversation === id)
const isMine = (entry, userId) => entry.from.type === 'person' && entry.from.userId === userId
const readKey = (userId, id) => `${userId} ${id}`
const unreadIn = (userId, id) =>
  entriesIn(id).filter((entry) => !isMine(entry, userId) && entry.id > (read.get(readKey(userId, id)) ?? ''))
    .length
const markRead = () => read.set(readKey(me, openId), entriesIn(openId).at(-1)?.id ?? '')

// What was there when the page was opened is old news.
for (const person of state.people)
  for (const { id } of conversationsOf(person.userId))
    read.set(readKey(person.userId, id), entriesIn(id).at(-1)?.id ?? '')

/* Lists */

const badge = (count) =>
  count > 0 && h('span', { class: 'unread' }, String(count), h('span', { class: 'unseen' }, '条未读'))

function pick(current, face, kind, name, more, count, onclick) {
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'pick', 'aria-current': String(current), onclick },
      h('span', { class: `face ${kind}`, 'aria-hidden': 'true' }, face),
      h('span', {}, h('span', { class: 'name' }, name), h('span', { class: 'more' }, more)),
      badge(count),
    ),
  )
}

/** Replaces the items of a list and keeps the focus where it was. */
function fill(list, items) {
  const focused = [...list.children].findIndex((item) => item.contains(document.activeElement))
  list.replaceChildren(...items)
  list.children[focused]?.querySelector('button')?.focus()
}

function showLists() {
  fill(
    at('people'),
    state.people.map(({ userId, name, role }) => {
      const count = conversationsOf(userId).reduce((sum, { id }) => sum + unreadIn(userId, id), 0)
      return pick(userId === me, name.slice(-2), 'person', name, role, userId === me ? 0 : count, () =>
        become(userId),
      )
    }),
  )
  fill(
    at('chats'),
    conversationsOf(me).map((one) => {
      const last = entriesIn(one.id).at(-1)
      return pick(
        one.id === openId,
        one.face,
        one.kind,
        one.name,
        last ? summary(last) : one.hint,
        unreadIn(me, one.id),
        () => openChat(one.id, true),
      )
    }),
  )
}

function become(userId) {
  const same = conversation()
  me = userId
  const next =
    conversationsOf(me).find((one) => one.kind === same?.kind && one.kind !== 'group') ??
    conversationsOf(me)[0]
  openChat(next.id, false)
}

function openChat(id, byHand) {
  drafts.set(openId, at('words').value)
  openId = id
  quote(undefined)
  markRead()
  const one = conversation()
  at('chat-title').textContent = one.name
  at('chat-hint').textContent = one.hint
  at('mention').textContent = `@${state.robotName}`
  at('mention').hidden = one.kind !== 'group'
  at('words').value = drafts.get(id) ?? ''
  setVoice(false)
  if (byHand) {
    at('desk').dataset.screen = 'chat'
    at('chat-title').focus()
  }
  showLog()
  showLists()
  if (byHand && typeof one.where === 'string') act({ act: 'enter', who: me, where: one.where })
}

/* The chat */

const inShanghai = (options) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...options })
const clockTime = inShanghai({
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const fullTime = inShanghai({
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

const stateNotes = { waiting: '等待回答', failed: '没有送到', recalled: '已撤回' }

function authorOf(entry) {
  switch (entry.from.type) {
    case 'person':
      return { name: nameOf(entry.from.userId), kind: 'person' }
    case 'groupRobot':
      return { name: '群机器人', kind: 'groupRobot', face: '推' }
    case 'app':
      return { name: `${state.robotName}（应用）`, kind: 'app', face: '应' }
    default:
      return { name: state.robotName, kind: 'robot', face: '备' }
  }
}

/** People named by a push, apart from those the text names already. */
const mentionsOf = (entry) =>
  (entry.mentions ?? [])
    .filter((user) => !entry.body.text?.includes(`<@${user}>`))
    .map((user) => (user === '@all' ? '@所有人' : `@${nameOf(user)}`))

function entryItem(entry) {
  const author = authorOf(entry)
  const mine = isMine(entry, me)
  const quoted = entry.quotes && entries.get(entry.quotes)
  const note = [stateNotes[entry.state], entry.note].filter(Boolean).join('：')
  const mentions = mentionsOf(entry)
  const canQuote = !entry.conversation.startsWith('app:') && entry.body.type !== 'card'
  return h(
    'li',
    {
      class: `entry ${mine ? 'mine' : ''} ${entry.state}`,
      id: entry.id,
      tabindex: '-1',
      'aria-busy': String(entry.state === 'streaming'),
    },
    h('span', { class: `face ${author.kind}`, 'aria-hidden': 'true' }, author.face ?? author.name.slice(-2)),
    h(
      'div',
      { class: 'said' },
      h(
        'div',
        { class: 'by' },
        `${author.name} ${clockTime.format(new Date(entry.at))}`,
        canQuote &&
          h(
            'button',
            { type: 'button', 'aria-label': `引用${author.name}的话`, onclick: () => quote(entry) },
            '引用',
          ),
      ),
      quoted && h('div', { class: 'quote-of' }, summary(quoted)),
      entry.state === 'recalled' ? undefined : bodyOf(entry, me.toLowerCase(), { preview, click, ask }),
      mentions.length > 0 && h('div', { class: 'at' }, mentions.join(' ')),
      note && h('div', { class: 'note' }, note),
      h(
        'div',
        { class: 'acts' },
        entry.feedbackId && rateButton(entry, 'accurate', '有用'),
        entry.feedbackId && rateButton(entry, 'inaccurate', '没用'),
      ),
    ),
  )
}

const rateButton = (entry, verdict, text) =>
  h(
    'button',
    { type: 'button', onclick: () => act({ act: 'feedback', who: me, entry: entry.id, verdict }) },
    text,
  )

function showLog() {
  shown.clear()
  const items = entriesIn(openId).map((entry) => {
    const item = entryItem(entry)
    shown.set(entry.id, item)
    return item
  })
  const empty = h(
    'li',
    { class: 'empty' },
    conversation().kind === 'app' ? '这里会收到通知和文件。' : '说“开始备案”试一试。',
  )
  at('log').replaceChildren(...(items.length > 0 ? items : [empty]))
  toEnd()
}

const toEnd = () => {
  at('log').scrollTop = at('log').scrollHeight
}

function showEntry(entry) {
  entries.set(entry.id, entry)
  if (entry.conversation === openId) {
    const log = at('log')
    const nearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 160
    const item = entryItem(entry)
    const before = shown.get(entry.id)
    const hadFocus = before?.contains(document.activeElement)
    if (before) before.replaceWith(item)
    else {
      log.querySelector('.empty')?.remove()
      log.append(item)
    }
    shown.set(entry.id, item)
    if (hadFocus) item.focus()
    if (nearEnd || isMine(entry, me)) toEnd()
    markRead()
  }
  showLists()
}

function quote(entry) {
  quoting = entry?.id
  at('quoting').hidden = !entry
  at('quoted').textContent = entry ? `引用 ${summary(entry)}` : ''
  if (entry) at('words').focus()
}

/* Doing things */

async function act(body) {
  at('problem').textContent = ''
  const response = await fetch('/sandbox/acts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  if (response?.ok) return true
  const { problem } = (await response?.json().catch(() => undefined)) ?? {}
  at('problem').textContent = problem ?? '没有发出去，请再试一次。'
  return false
}

const say = (saying) => act({ act: 'say', who: me, where: conversation().where, saying })
const ask = (question) => say({ type: 'text', text: question })
const click = (entry, key, selected) => act({ act: 'click', who: me, entry: entry.id, key, selected })

const isSpeaking = () => at('voice').getAttribute('aria-pressed') === 'true'

function setVoice(on) {
  at('voice').setAttribute('aria-pressed', String(on))
  at('words').placeholder = on ? '把要说的话打在这里，当作语音发出' : '输入消息，按回车发送'
}

async function sendWords() {
  const text = at('words').value.trim()
  if (text === '') return
  const saying = isSpeaking()
    ? { type: 'voice', text }
    : { type: 'text', text, ...(quoting && { quotes: quoting }) }
  at('words').value = ''
  quote(undefined)
  if (!(await say(saying))) at('words').value = text
}

/** Sends a chosen file; a picture goes together with what is already typed. */
async function sendFile(type, file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let from = 0; from < bytes.length; from += 8192)
    binary += String.fromCharCode(...bytes.subarray(from, from + 8192))
  const attachment = { name: file.name, base64: btoa(binary) }
  const text = at('words').value.trim()
  if (type === 'image' && text !== '') {
    at('words').value = ''
    await say({ type: 'mixed', text, pictures: [attachment], ...(quoting && { quotes: quoting }) })
    quote(undefined)
  } else await say({ type, attachment })
}

async function preview(file) {
  const { name, blocks } = await (await fetch(file.preview)).json()
  at('preview-title').textContent = name
  at('preview-body').replaceChildren(...blocksOf(blocks))
  at('preview').showModal()
}

at('compose').addEventListener('submit', (event) => {
  event.preventDefault()
  void sendWords()
})
at('words').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  void sendWords()
})
at('mention').addEventListener('click', () => {
  const words = at('words')
  const mention = `@${state.robotName} `
  if (!words.value.startsWith(mention)) words.value = mention + words.value
  words.focus()
})
at('voice').addEventListener('click', () => {
  setVoice(!isSpeaking())
  at('words').focus()
})
for (const type of ['file', 'image']) {
  at(`pick-${type}`).addEventListener('click', () => at(type).click())
  at(type).addEventListener('change', async () => {
    const [file] = at(type).files
    at(type).value = ''
    if (file) await sendFile(type, file)
  })
}
at('unquote').addEventListener('click', () => quote(undefined))
at('back').addEventListener('click', () => {
  delete at('desk').dataset.screen
  at('chats').querySelector('[aria-current="true"]')?.focus()
})
at('close-preview').addEventListener('click', () => at('preview').close())
for (const button of document.querySelectorAll('[data-leap]'))
  button.addEventListener('click', () => act({ act: 'forward', leap: button.dataset.leap }))

/* Time, alarms, events */

const showTime = () => {
  at('now').textContent = fullTime.format(new Date(Date.now() + moved))
}

function showAlarm() {
  if (violations.length === 0) {
    at('alarm').replaceChildren()
    return
  }
  const latest = violations.slice(-5).reverse()
  at('alarm').replaceChildren(
    h(
      'div',
      { class: 'alarm-head' },
      h('span', {}, `违反企业微信规则 ${violations.length} 次`),
      h('button', { type: 'button', onclick: () => ((violations = []), showAlarm()) }, '知道了'),
    ),
    h(
      'ul',
      {},
      latest.map(({ rule, detail, at: when }) => h('li', {}, h('code', {}, rule), ` ${detail}（${when}）`)),
    ),
  )
}

/** At the first connection and after a lost one everything is read again, so that nothing is missing. */
async function catchUp() {
  const fresh = await (await fetch('/sandbox/state')).json()
  state.groups = fresh.groups
  for (const entry of fresh.entries) entries.set(entry.id, entry)
  violations = fresh.violations
  showAlarm()
  showLog()
  showLists()
}

const events = new EventSource('/sandbox/events')
events.addEventListener('open', async () => {
  await catchUp()
  document.documentElement.dataset.ready = 'true'
})
events.addEventListener('message', ({ data }) => {
  const change = JSON.parse(data)
  switch (change.type) {
    case 'entry':
      if (
        change.entry.conversation.startsWith('group:') &&
        !conversationsOf(me).some((one) => one.id === change.entry.conversation)
      )
        void catchUp()
      return showEntry(change.entry)
    case 'violation':
      violations.push(change.violation)
      return showAlarm()
    case 'clock':
      moved = Date.parse(change.now) - Date.now()
      return showTime()
  }
})

useNames(nameOf)
openChat(`robot:${me}`, false)
showAlarm()
showTime()
setInterval(showTime, 10_000)
