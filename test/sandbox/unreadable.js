// Runs in the page: the texts that are smaller than 18 px or have less contrast than 4.5:1.
;(() => {
  const parse = (colour) => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return { rgb: [r, g, b], a }
  }
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor)
      if (colour.a > 0) return colour.rgb
    }
    return [255, 255, 255]
  }
  const brightness = (rgb) => {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const problems = []
  const check = (text, style, element) => {
    if (Number.parseFloat(style.fontSize) < 18) problems.push(`${text}: ${style.fontSize}`)
    const pair = [brightness(parse(style.color).rgb), brightness(behind(element))].sort((a, b) => b - a)
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05)
    if (contrast < 4.5) problems.push(`${text}: contrast ${contrast.toFixed(2)}`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent.trim()
    if (text === '' || element.closest('noscript, .unseen') || !element.checkVisibility()) continue
    check(text, getComputedStyle(element), element)
  }
  for (const field of document.querySelectorAll('textarea'))
    if (field.checkVisibility()) check(field.placeholder, getComputedStyle(field, '::placeholder'), field)
  return problems
})()
